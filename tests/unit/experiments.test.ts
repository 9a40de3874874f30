/** Experiments as the worker runs them give what the lab gives, however the slices are cut. */
import type { Experiment } from '../../lab/experiment.ts'
import { median } from 'd3-array'
import { describe, expect, it } from 'vitest'
import { attentionMap, objectiveLab } from '../../data/recorded.ts'
import { fitMaps, MAP_CONSTRAINTS, MAP_EXAMPLES } from '../../lab/attention-map.ts'
import { runToEnd } from '../support/run-to-end.ts'
import { flawRun } from '../../lab/experiments/flaw-run.ts'
import { mapRun } from '../../lab/experiments/map-run.ts'
import { objectiveRun } from '../../lab/experiments/objective-run.ts'
import { CAVEAT_BETAS, CHECKPOINT_STEPS, createObjectiveLab, OBJECTIVES, overoptimise, risesThenFalls, teach } from '../../lab/objective-lab.ts'

/** The states worth seeing, from the first on. */
function keyframes<Input, State, View>(experiment: Experiment<Input, State, View>, input: Input, count: number): State[] {
  const seen: State[] = []
  let state = experiment.begin(input)
  while (seen.length < count && experiment.progress(state) < 1) {
    state = experiment.advance(state)
    if (experiment.isKeyframe(state))
      seen.push(state)
  }
  return seen
}

/** Runs some slices twice, once through a copy as a worker might keep it. */
function expectToSurviveCloning<Input, State, View>(experiment: Experiment<Input, State, View>, input: Input, slices: number): void {
  let straight = experiment.begin(input)
  let cloned = straight
  for (let slice = 0; slice < slices; slice++) {
    straight = experiment.advance(straight)
    cloned = experiment.advance(structuredClone(cloned))
  }
  expect(experiment.view(cloned)).toEqual(experiment.view(straight))
  expect(experiment.progress(cloned)).toBeGreaterThan(0)
}

describe('the run of the objectives', () => {
  it('goes through one seed as the lab does, to the bit, all objectives from the same start', () => {
    const view = runToEnd(objectiveRun, { seed: 3, seeds: 1, objectives: OBJECTIVES })
    expect(view).toMatchObject({ seed: 3, finished: 1, seeds: 1, steps: CHECKPOINT_STEPS })
    for (const objective of OBJECTIVES) {
      const taught = teach(createObjectiveLab(3), objective)
      expect(view.courses[objective]?.medians.reference).toEqual(taught.map(({ reference }) => reference))
      expect(view.courses[objective]?.medians.heldOutRight).toEqual(taught.map(({ heldOutRight }) => heldOutRight))
      expect(view.courses[objective]?.end.effectiveRight).toBe(taught.at(-1)?.effectiveRight)
    }
    expect(view.courses['one-reference']?.start).toEqual(view.courses['policy-gradient']?.start)
  })

  it('takes medians over the seeds that are finished, and never of one under way', () => {
    const input = { seed: 4, seeds: 3, objectives: ['all-right'] as const }
    const steps = CHECKPOINT_STEPS
    const taught = [4, 5].map(seed => teach(createObjectiveLab(seed), 'all-right'))
    const two = keyframes(objectiveRun, input, steps.length + 1).at(-1)!
    const underWay = objectiveRun.advance(objectiveRun.advance(two))
    for (const state of [two, underWay]) {
      const view = objectiveRun.view(state)
      expect(view.finished).toBe(2)
      expect(view.courses['all-right']?.medians.right).toEqual(steps.map((_, i) => median(taught, run => run[i]!.right)))
    }
    expect(objectiveRun.progress(underWay)).toBeGreaterThan(objectiveRun.progress(two))
  })

  it('gives the record’s first seed, to the bit', () => {
    const { courses } = runToEnd(objectiveRun, { seed: 1, seeds: 1, objectives: ['one-reference'] })
    expect(courses['one-reference']?.medians.heldOutRight).toEqual(objectiveLab.curves.find(({ objective }) => objective === 'one-reference')?.firstSeed)
  })

  it('lets the first seed be followed, checkpoint by checkpoint, and after that shows whole seeds', () => {
    const stops = CHECKPOINT_STEPS.length
    const seen = keyframes(objectiveRun, { seed: 1, seeds: 2, objectives: ['one-reference'] }, stops + 1).map(objectiveRun.view)
    expect(seen.slice(0, stops).map(({ steps }) => steps.length)).toEqual(CHECKPOINT_STEPS.map((_, i) => i + 1))
    expect(seen.map(({ finished }) => finished)).toEqual([...Array.from({ length: stops - 1 }, () => 0), 1, 2])
  })

  it('shows no step that one of the objectives has not come to', () => {
    let state = objectiveRun.begin({ seed: 1, seeds: 1, objectives: ['one-reference', 'policy-gradient'] })
    expect(objectiveRun.view(state)).toMatchObject({ steps: [], courses: {} })
    for (let slice = 0; slice < 4; slice++)
      state = objectiveRun.advance(state)
    // The lab, two checkpoints of the first objective, one of the second.
    expect(objectiveRun.view(state).steps).toEqual([0])
  })

  it('goes on from a state that was cloned, as a worker would keep it', () => {
    expectToSurviveCloning(objectiveRun, { seed: 5, seeds: 2, objectives: ['policy-gradient'] }, 6)
  })
})

describe('the run of the flawed score', () => {
  it('goes along the prices of one seed as the lab does, to the bit', () => {
    const path = overoptimise(createObjectiveLab(7))
    const seen = keyframes(flawRun, { seed: 7, seeds: 1 }, CAVEAT_BETAS.length).map(flawRun.view)
    expect(seen.map(({ beta }) => beta.length)).toEqual(CAVEAT_BETAS.map((_, i) => i + 1))
    expect(seen.at(-1)).toMatchObject({ finished: 1, kl: path.map(({ kl }) => kl), proxy: path.map(({ proxy }) => proxy) })
    expect(seen.at(-1)?.right.median).toEqual(path.map(({ right }) => right))
  })

  it('takes bands over the finished seeds, as the record does over its own', () => {
    const paths = [3, 4, 5].map(seed => overoptimise(createObjectiveLab(seed)))
    const view = runToEnd(flawRun, { seed: 3, seeds: 3 })
    expect(view.right.median).toEqual(CAVEAT_BETAS.map((_, i) => median(paths, path => path[i]!.right)))
    expect(view.kl).toEqual(CAVEAT_BETAS.map((_, i) => median(paths, path => path[i]!.kl)))
    expect(view.risesThenFalls).toBe(paths.filter(risesThenFalls).length)
    const { right } = objectiveLab.caveat
    view.right.median.forEach((value, i) => expect(Math.abs(value! - right.median[i]!)).toBeLessThan(0.08))
  })

  it('goes on from a state that was cloned', () => {
    expectToSurviveCloning(flawRun, { seed: 2, seeds: 2 }, 5)
  })
})

describe('the run of the map', () => {
  it('fits one seed as the lab does, to the bit, and gives the recorded errors and pictures', () => {
    const seen = keyframes(mapRun, { seed: 1, seeds: 1 }, MAP_EXAMPLES.length).map(mapRun.view)
    expect(seen.map(({ examples }) => examples.length)).toEqual(MAP_EXAMPLES.map((_, i) => i + 1))
    const view = seen.at(-1)!
    expect(view.finished).toBe(1)
    view.constraints.forEach(({ constraint, median }) => {
      expect(median).toEqual(attentionMap.constraints.find(each => each.constraint === constraint)?.firstSeed)
    })
    const few = fitMaps(1, MAP_EXAMPLES.slice(0, 3))
    expect(view.constraints.map(({ median }) => median[2])).toEqual(few[2]!.fits.map(({ error }) => error))
    expect(view.pictures.learned.map(({ examples }) => examples)).toEqual(attentionMap.pictures.learned.map(({ examples }) => examples))
    view.pictures.learned.forEach(({ maps }, i) => maps.forEach(({ map }, c) => {
      attentionMap.pictures.learned[i]!.maps[c]!.map.forEach((value, k) => expect(map[k]).toBeCloseTo(value, 2))
    }))
  }, 30_000)

  it('shows the maps of the last finished seed and the crossings of all of them', () => {
    const view = runToEnd(mapRun, { seed: 8, seeds: 2 })
    expect(view).toMatchObject({ finished: 2, seeds: 2, seed: 8, pictures: { seed: 9 } })
    expect(view.localSharedToFree).toMatchObject({ crossed: 2, seeds: 2 })
    expect(view.constraints.map(({ constraint }) => constraint)).toEqual(MAP_CONSTRAINTS)
    expect(view.localSharedToFree.p50).toBeGreaterThan(1000)
    expect(view.localSharedToFree.p50).toBeLessThan(2896)
  }, 30_000)

  it('goes on from a state that was cloned', () => {
    expectToSurviveCloning(mapRun, { seed: 2, seeds: 2 }, 12)
  })
})
