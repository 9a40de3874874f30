/** The race as the worker runs it gives what the lab gives, however the slices are cut. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { structureRace } from '../../data/recorded.ts'
import { runToEnd } from '../support/run-to-end.ts'
import { raceRun, runRace } from '../../lab/experiments/race-run.ts'
import { BATCH, shapeOf } from '../../lab/race/learner.ts'
import { learnersOf, raceAxes, summariseRaces } from '../../lab/structure-race.ts'

describe('the run of the race', () => {
  const axes = raceAxes(512, 250_000)
  const input = { preset: 'friedman1' as const, seeds: 2, firstSeed: 1, axes }

  it('ends where the lab ends, to the bit: curves of every seed, bands, leaders and crossings', () => {
    for (const preset of ['mostly-linear', 'friedman1'] as const) {
      const view = runToEnd(raceRun, { ...input, preset, firstSeed: 4 })
      const runs = [4, 5].map(seed => runRace(preset, seed, axes))
      expect(view.finished).toEqual(runs)
      expect(view.summary).toEqual(summariseRaces(preset, axes, runs))
      expect(view.current).toBeNull()
    }
  }, 20_000)

  it('gives a learner the same curve whoever runs beside it, and sums up those that ran', () => {
    const learners = ['linear', 'MLP-128'] as const
    const view = runToEnd(raceRun, { ...input, learners })
    const all = runRace('friedman1', 1, axes)
    expect(view.finished[0]).toEqual(all.filter(({ name }) => name === 'linear' || name === 'MLP-128'))
    expect(view.summary?.relay.learners).toEqual(learners)
    expect(view.summary?.crossings.map(({ from, to }) => [from, to])).toEqual([learners])
  })

  it('gives the recorded first seed, to the bit', () => {
    for (const preset of ['mostly-linear', 'friedman1'] as const) {
      const { examples } = structureRace.presets[preset].axes
      const view = runToEnd(raceRun, { ...input, preset, seeds: 1, axes: { examples: examples.filter(n => n <= 4096), flop: [] } })
      for (const { name, firstSeed } of structureRace.presets[preset].learners)
        expect(view.finished[0]?.find(curves => curves.name === name)?.examples, name).toEqual(firstSeed.slice(0, 11))
    }
  })

  it('goes on from states that were cloned, and leaves the state it was given alone', () => {
    let straight = raceRun.begin(input)
    let cloned = straight
    while (raceRun.progress(straight) < 1) {
      const kept = structuredClone(cloned)
      straight = raceRun.advance(straight)
      const next = raceRun.advance(structuredClone(cloned))
      expect(cloned).toEqual(kept)
      cloned = next
    }
    expect(cloned).toEqual(straight)
    expect(raceRun.advance(straight)).toBe(straight)
  })

  it('makes progress with every slice, from 0 to 1 and never back, and reaches 1 with the last seed only', () => {
    let state = raceRun.begin(input)
    let before = raceRun.progress(state)
    expect(before).toBe(0)
    while (before < 1) {
      state = raceRun.advance(state)
      const now = raceRun.progress(state)
      expect(now).toBeGreaterThan(before)
      expect(now === 1).toBe(raceRun.view(state).finished.length === 2)
      before = now
    }
  })

  it('lets the curves of the first seed grow a measurement at a time, side by side along the compute', () => {
    let state = raceRun.begin({ ...input, axes: raceAxes(2048, 4e6) })
    let measured = 0
    while (raceRun.view(state).finished.length === 0) {
      const { current } = raceRun.view(state)
      const now = current!.curves.flatMap(curves => curves.flop).filter(error => error !== null).length
      // A budget of FLOPs and one of examples may come to the same step, and two FLOPs to the same as well.
      expect(now - measured).toBeLessThanOrEqual(2)
      measured = now
      // None runs ahead: two budgets at the most, because one step of an MLP may meet two of the smallest at once.
      const reached = current!.curves.map(({ flop }) => flop.findLastIndex(error => error !== null))
      expect(Math.max(...reached) - Math.min(...reached.filter(at => at >= 0))).toBeLessThanOrEqual(2)
      state = raceRun.advance(state)
    }
    expect(measured).toBeGreaterThan(40)
  })

  it('is worth a look while the first seed grows, and then once a seed', () => {
    const looks: [finished: number, measured: number][] = []
    // Budgets so far apart that some take more than one slice: a slice that measures nothing is not worth a look.
    let state = raceRun.begin({ ...input, seeds: 3, learners: ['linear', 'MLP-128'], axes: { examples: [256, 512, 2048, 8192], flop: [] } })
    while (raceRun.progress(state) < 1) {
      state = raceRun.advance(state)
      if (raceRun.isKeyframe(state))
        looks.push([state.finished.length, state.errors.length])
    }
    const growing = looks.filter(([finished]) => finished === 0).map(([, measured]) => measured)
    expect(growing).toEqual(growing.map((_, i) => 2 * (i + 1)))
    expect(growing.length).toBe(Math.ceil(state.marks.length / 2) - 1)
    expect(looks.slice(growing.length)).toEqual([[1, 0], [2, 0], [3, 0]])
  })

  it('stops a cheap learner instead of drawing its curve on', () => {
    const view = runToEnd(raceRun, { ...input, seeds: 1, learners: ['linear'], axes: { examples: [], flop: [8e6, 64e6] } })
    expect(view.finished[0]?.[0]?.flop).toEqual([expect.any(Number), null])
    const steps = 8e6 / shapeOf('linear', 10).stepFlop
    expect(steps * BATCH).toBeLessThan(262_144)
  })

  it('never spends more than a budget', () => {
    fc.assert(fc.property(fc.constantFrom(...learnersOf('friedman1')), fc.integer({ min: 31_250, max: 1e9 }), (name, flop) => {
      const { stepFlop } = shapeOf(name, 10)
      const [mark] = raceRun.begin({ ...input, learners: [name], axes: { examples: [], flop: [flop] }, mostExamples: Infinity }).marks
      const steps = mark?.step ?? 0
      expect(steps * stepFlop).toBeLessThanOrEqual(flop)
      expect((steps + 1) * stepFlop).toBeGreaterThan(flop)
    }))
  })

  it('comes out alike with the WASM kernel: the medians of the networks within a few per cent, the rest to the bit', () => {
    const [reference, fast] = (['typescript', 'wasm'] as const).map(engine => runToEnd(raceRun, { ...input, engine }))
    reference!.finished[0]!.forEach((curves, i) => {
      const other = fast!.finished[0]![i]!
      curves.examples.forEach((error, k) => {
        if (curves.name.startsWith('MLP'))
          expect(other.examples[k]! / error!).toBeCloseTo(1, 1)
        else
          expect(other.examples[k]).toBe(error)
      })
    })
  })
})
