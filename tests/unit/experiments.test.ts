/** Experiments as the worker runs them give what the lab gives, however the slices are cut. */
import { describe, expect, it } from 'vitest'
import { runToEnd } from '../../lab/experiment.ts'
import { objectiveRun } from '../../lab/experiments/objective-run.ts'
import { createObjectiveLab, teach } from '../../lab/objective-lab.ts'

describe('the run of the objectives', () => {
  it('ends where the lab ends, to the bit', () => {
    const view = runToEnd(objectiveRun, { seed: 3, objectives: ['one-reference'] })
    expect(view['one-reference']).toEqual(teach(createObjectiveLab(3), 'one-reference'))
  })

  it('goes on from a state that was cloned, as a worker would keep it', () => {
    let straight = objectiveRun.begin({ seed: 5, objectives: ['policy-gradient'] })
    let cloned = straight
    for (let slice = 0; slice < 6; slice++) {
      straight = objectiveRun.advance(straight)
      cloned = objectiveRun.advance(structuredClone(cloned))
    }
    expect(objectiveRun.view(cloned)).toEqual(objectiveRun.view(straight))
    expect(objectiveRun.progress(cloned)).toBeGreaterThan(0)
  })
})
