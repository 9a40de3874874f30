/** Links: the state of every live figure goes into an address and comes back; nonsense shows the plan, never an error. */
import type { Component } from 'vue'
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import AttentionMap from '../../components/AttentionMap.vue'
import BudgetSplit from '../../components/BudgetSplit.vue'
import CacheMeter from '../../components/CacheMeter.vue'
import ChatCost from '../../components/ChatCost.vue'
import EmergenceLens from '../../components/EmergenceLens.vue'
import ObjectiveLab from '../../components/ObjectiveLab.vue'
import ScalingCurve from '../../components/ScalingCurve.vue'
import LoanBook from '../../components/LoanBook.vue'
import StructureRace from '../../components/StructureRace.vue'
import TransformerLadder from '../../components/TransformerLadder.vue'
import TransformerMorph from '../../components/TransformerMorph.vue'
import { accept, brokenValues, keepAddress, mountFigure, movableFigures, read, sharedFigures, write } from '#live-figures/testing'

/** Every figure that can be moved, as the slides use it. */
const figures: [id: string, file: string, component: Component, props?: Record<string, unknown>][] = [
  ['scaling-extrapolation', 'ScalingCurve', ScalingCurve],
  ['scaling-allocation', 'BudgetSplit', BudgetSplit],
  ['metric', 'EmergenceLens', EmergenceLens],
  ['structure-race-mostly-linear', 'StructureRace', StructureRace, { preset: 'mostly-linear' }],
  ['structure-race-friedman1', 'StructureRace', StructureRace, { preset: 'friedman1' }],
  ['morph', 'TransformerMorph', TransformerMorph],
  ['ladder', 'TransformerLadder', TransformerLadder],
  ['attention-map', 'AttentionMap', AttentionMap],
  ['chat', 'ChatCost', ChatCost],
  ['objective-lab', 'ObjectiveLab', ObjectiveLab],
  ['loan-book', 'LiveTable', LoanBook],
  ['cache', 'CacheMeter', CacheMeter],
]

function tableOf(id: string) {
  const table = movableFigures.get(id)
  if (!table)
    throw new RangeError(`No figure “${id}” was set up, only ${[...movableFigures.keys()].join(', ')}.`)
  const states = fc.array(fc.nat(), { minLength: Object.keys(table.fields).length, maxLength: Object.keys(table.fields).length })
    .map(indices => Object.fromEntries(Object.entries(table.fields as Record<string, { nth: (index: number) => unknown }>).map(([key, field], i) => [key, field.nth(indices[i] ?? 0)])))
  const texts = fc.dictionary(fc.constantFrom(...Object.keys(table.fields)), fc.oneof(fc.string(), fc.integer().map(String), fc.constantFrom('0', '1', 'none')), { maxKeys: 4 })
  return { ...table, states, texts }
}

it('are tested for every figure that has a table', () => {
  const folder = join(import.meta.dirname, '..', '..', 'components')
  const movable = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.vue') && /useFigure(?:<\w+>)?\([\s\S]*?fields:/.test(readFileSync(join(folder, file), 'utf8')))
    .map(file => basename(file, '.vue'))
  expect(movable.sort(), 'figures with fields: each stands in the list at the top of tests/component/links.test.ts').toEqual([...new Set(figures.map(([, file]) => file))].sort())
})

describe.each(figures)('%s', (id, _file, component, props = {}) => {
  it('finds its state again in its parameters, whatever the click planned', () => {
    mountFigure(component, { props })
    const { fields, steps, states } = tableOf(id)
    fc.assert(fc.property(states, fc.constantFrom(...steps), (state, planned) => {
      // No link starts a run, and none says where a slider was before.
      const shared = Object.fromEntries(Object.entries(state).filter(([key]) => !['run', 'flawRun', 'from', 'to'].includes(key)))
      expect({ ...planned, ...read(fields, write(fields, { ...planned, ...state }, planned)) }).toMatchObject(shared)
    }), { numRuns: 50 })
    for (const planned of steps) {
      expect(write(fields, planned, planned)).toEqual({})
      // What another window shares holds the plan of the fields it did not move.
      expect(accept(fields, planned)).toEqual(planned)
    }
  })

  it('draws any of its states, and any nonsense', async () => {
    const figure = mountFigure(component, { props })
    const { fields, states, texts } = tableOf(id)
    for (const inputs of fc.sample(states, { numRuns: 6, seed: 4 })) {
      sharedFigures.state[id] = { page: 1, step: 0, inputs: { ...inputs, ...('run' in inputs ? { run: { playing: false, round: 0, steps: 0 } } : {}), ...('flawRun' in inputs ? { flawRun: { playing: false, round: 0, steps: 0 } } : {}) } }
      await nextTick()
      expect(brokenValues(figure), JSON.stringify(inputs)).toEqual([])
    }
    fc.assert(fc.property(texts, (parameters) => {
      const asked = read(fields, parameters)
      expect(accept(fields, asked)).toEqual(asked)
    }), { numRuns: 50 })
  }, 30_000)
})

describe('the address', { timeout: 30_000 }, () => {
  afterEach(() => {
    vi.useRealTimers()
    history.replaceState(null, '')
  })

  async function open(link: string) {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    history.replaceState({ current: '/' }, '')
    const router = createRouter({ history: createMemoryHistory(), routes: [{ name: 'play', path: '/:no', component: {} }] })
    keepAddress(router)
    await router.push(link)
    const written = () => {
      vi.advanceTimersByTime(1000)
      return (history.state as { current: string }).current
    }
    return { router, written }
  }

  it('opens the figure as it was shown, and hands the router no more than the click', async () => {
    const { router, written } = await open('/loss?clicks=0&horizon=20.35')
    expect(router.currentRoute.value.fullPath).toBe('/loss?clicks=0')
    const figure = mountFigure(ScalingCurve)
    await nextTick()
    expect((figure.get('input[type=range]').element as HTMLInputElement).value).toBe('20.35')
    expect(written()).toBe('/loss?clicks=0&horizon=20.35')
  })

  it('shows the plan when any of it is nonsense', async () => {
    const { written } = await open('/loss?horizon=20.35&revealed=perhaps')
    const figure = mountFigure(ScalingCurve)
    await nextTick()
    expect((figure.get('input[type=range]').element as HTMLInputElement).value).toBe('18')
    expect(written()).toBe('/loss')
  })

  it('is written once a drag rests, and clean again at the plan', async () => {
    const { router, written } = await open('/loss')
    const turned = vi.fn()
    router.afterEach(turned)
    const replace = vi.spyOn(history, 'replaceState')
    const figure = mountFigure(ScalingCurve)
    const slider = figure.get('input[type=range]')
    for (let horizon = 18; horizon < 20; horizon += 0.05)
      await slider.setValue(horizon.toFixed(2))
    expect(written()).toBe('/loss?horizon=19.95')
    expect(replace).toHaveBeenCalledTimes(1)
    await slider.setValue('18')
    expect(written()).toBe('/loss')
    expect(turned).not.toHaveBeenCalled()
    replace.mockRestore()
  })

  it('loses the state with the next click, but for what is kept', async () => {
    const { router, written } = await open('/chat')
    const figure = mountFigure(ChatCost)
    const [turns, tokens] = figure.findAll('input[type=range]')
    await turns?.setValue('7')
    await tokens?.setValue('500')
    expect(written()).toBe('/chat?turns=7&tokensPerTurn=500')
    await router.replace('/chat?clicks=1')
    await figure.setClicks(1)
    expect(written()).toBe('/chat?clicks=1&tokensPerTurn=500')
    await figure.leave()
    expect(written()).toBe('/chat?clicks=1')
  })
})
