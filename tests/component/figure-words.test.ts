/** Words of figures as functions of what is shown: whole in every state, without mounting anything. */
import type { DataTable } from '#live-figures'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as morph from '../../components/architecture/words.ts'
import { cachesAt, fixedStates, memoryExtent, pairs, sharedFactor } from '../../components/cache/memory.ts'
import * as cache from '../../components/cache/words.ts'
import { rankAt, readRace } from '../../components/race/reading.ts'
import { stories } from '../../components/race/stories.ts'
import * as race from '../../components/race/words.ts'
import { cacheContexts, cacheModels } from '../../data/architectures.ts'
import { byteSize, grouped } from '../../lab/format.ts'

const broken = /NaN|undefined|Infinity|\[object|null/

function requireWhole(words: readonly string[], tables: readonly DataTable[]): void {
  for (const text of words)
    expect(text).not.toMatch(broken)
  for (const { caption, columns, rows } of tables) {
    expect(JSON.stringify([caption, columns, rows]), caption).not.toMatch(broken)
    expect([...new Set(rows.map(({ length }) => length))], caption).toEqual([columns.length])
  }
}

describe('the words of the cache', () => {
  const states = fc.record({
    contextTokens: fc.integer({ min: cacheContexts.least, max: cacheContexts.most }),
    model: fc.constantFrom(...cacheModels),
    states: fc.constantFrom(...pairs.map(({ name }) => name)),
    lowRank: fc.boolean(),
  })

  it('are whole for every model, and name each way to share with its bytes, within the axis', () => {
    fc.assert(fc.property(states, (state) => {
      const summary = cache.summaryOf(state)
      requireWhole([cache.captionOf(state), summary], cache.tablesOf(state))
      const [least, most] = memoryExtent(cachesAt(state), fixedStates(state))
      for (const { name, bytesPerToken } of cachesAt(state)) {
        expect(summary).toContain(`${byteSize(bytesPerToken * state.contextTokens)} under ${name}`)
        expect(bytesPerToken * cacheContexts.least >= least && bytesPerToken * cacheContexts.most <= most).toBe(true)
      }
      expect(summary).toContain(`${grouped(sharedFactor(cachesAt(state)))} times below MQA`)
    }))
  })
})

describe('the words of the removal', () => {
  it('are whole at every step and shape', () => {
    for (const preset of morph.names) {
      for (const step of morph.STEPS) {
        requireWhole([morph.summaryOf({ step, preset }), morph.shapeNote(morph.modelCounted({ step, preset })), morph.captions[step]], morph.tablesOf({ step, preset }))
        expect(morph.summaryOf({ step, preset })).toContain(preset)
      }
    }
  })
})

describe('the words of the race', () => {
  it.each(['mostly-linear', 'friedman1'] as const)('are whole at every stage, on both axes: %s', (preset) => {
    for (const stage of stories[preset].clicks) {
      for (const axis of ['examples', 'flop'] as const) {
        const reading = readRace(preset, { at: 6, axis, seed: 1 }, stage, undefined, false)
        requireWhole([race.captionOf(reading), race.summaryOf(reading), race.spreadOf(reading)], race.tablesOf(reading))
      }
    }
  })

  it('rank the learners by their error, best first, and the last hand-over goes to the network', () => {
    for (const at of [5, 6, 7, 7.8]) {
      const errors = rankAt('friedman1', at).ranked.map(({ error }) => error)
      expect(errors).toEqual(errors.toSorted((a, b) => a - b))
    }
    expect(rankAt('friedman1', 7.8).best.name).toBe(stories.friedman1.crossing[1])
  })
})
