/** The typed table of a state: what goes into an address comes out of it, and nonsense comes to nothing. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accept, choice, flag, number, read, runControl, text, whole, write } from '../figure/fields.ts'

interface State {
  horizon: number
  turns: number
  laid: boolean
  saves: string | null
  search: string
}

const fields = {
  horizon: number({ min: 16, max: 22, step: 0.05 }),
  turns: whole(1, 40),
  laid: flag,
  saves: choice<string | null>([null, 'KV cache', 'training FLOPs']),
  search: text(20),
}
const planned: State = { horizon: 18, turns: 4, laid: false, saves: null, search: '' }

const states: fc.Arbitrary<State> = fc.record({
  horizon: fc.integer({ min: 0, max: 120 }).map(step => Number((16 + step * 0.05).toFixed(2))),
  turns: fc.integer({ min: 1, max: 40 }),
  laid: fc.boolean(),
  saves: fc.constantFrom(null, 'KV cache', 'training FLOPs'),
  search: fc.string({ maxLength: 20, unit: 'grapheme' }).filter(words => words.length <= 20),
})

describe('the parameters of a state', () => {
  it('give the state back', () => {
    fc.assert(fc.property(states, (state) => {
      expect({ ...planned, ...read(fields, write<State>(fields, state, planned)) }).toEqual(state)
    }))
  })

  it('are none for the plan, and only those that differ from it', () => {
    expect(write<State>(fields, planned, planned)).toEqual({})
    expect(write<State>(fields, { ...planned, horizon: 20.35, saves: 'KV cache' }, planned)).toEqual({ horizon: '20.35', saves: 'KV-cache' })
  })

  it.each<[string, string]>([
    ['horizon', '15.99'], ['horizon', '22.01'], ['horizon', 'NaN'], ['horizon', ''], ['horizon', '1e1'], ['horizon', '0x12'], ['horizon', ' 18'],
    ['turns', '0'], ['turns', '41'], ['laid', 'yes'], ['laid', ''], ['saves', 'everything'], ['saves', '__proto__'], ['search', 'a'.repeat(21)], ['search', '\uD800'],
  ])('ask for nothing at all when one is nonsense: %s=%s', (key, nonsense) => {
    expect(read(fields, { turns: '7', [key]: nonsense })).toEqual({})
  })

  it('never throw, and give only what the table holds, whatever they are', () => {
    const anything = fc.dictionary(fc.constantFrom(...Object.keys(fields), 'toString', 'else'), fc.oneof(fc.string(), fc.double().map(String), fc.constantFrom('1', '0', 'none')))
    fc.assert(fc.property(anything, (parameters) => {
      const asked = read<State>(fields, parameters)
      expect(accept<State>(fields, asked)).toEqual(asked)
    }))
  })
})

describe('what another window says', () => {
  it('counts if all of it holds, without what the table does not know', () => {
    expect(accept<State>(fields, { horizon: 20, else: 1 })).toEqual({ horizon: 20 })
    expect(accept<State>(fields, { horizon: Number.NaN, turns: 7 })).toEqual({})
    expect(accept<State>(fields, { turns: 7.5 })).toEqual({})
  })

  it('carries the controls of a run, which no address does', () => {
    const run = { playing: true, round: 2, steps: 0 }
    expect(runControl.holds(run)).toBe(true)
    expect(runControl.holds({ playing: 'yes', round: 2, steps: 0 })).toBe(false)
    expect(runControl.holds(null)).toBe(false)
    expect(runControl.write(run)).toBeUndefined()
  })
})

it('says which names an address cannot tell apart', () => {
  expect(() => choice(['KV cache', 'KV-cache'])).toThrow('“KV-cache” and “KV cache” are both “KV-cache” in an address.')
})
