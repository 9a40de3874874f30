/** The rungs as the worker trains them: however the slices are cut and whoever runs beside, to the bit. */
import { describe, expect, it } from 'vitest'
import { rungsRecord } from '../../data/recorded.ts'
import { runToEnd } from '../support/run-to-end.ts'
import { rungRun, type RungInput } from '../../lab/experiments/rung-run.ts'
import { finderOf } from '../../lab/transformer/attention-heads.ts'
import { partOf } from '../../lab/transformer/findings.ts'
import { attentionMask } from '../../lab/architecture-costs.ts'
import { RUNG_NAMES, rungs } from '../../lab/transformer/rungs.ts'
import { chat, question, type Task } from '../../lab/transformer/task.ts'
import { advanceTraining, beginTraining, evaluate, rateAt } from '../../lab/transformer/training.ts'
import { measuredSteps, runTrial, trialInput, type Width } from '../../lab/transformer/trials.ts'

const short: RungInput = { task: 'chat', turns: 2, seed: 3, width: 16, steps: 10 }

describe('the run of the rungs', () => {
  it('ends where each rung trained alone and in one go ends, to the bit', () => {
    const view = runToEnd(rungRun, short)
    expect(view.courses.map(({ rung, done }) => [rung, done])).toEqual(RUNG_NAMES.map(rung => [rung, true]))
    for (const { rung, points, loss } of view.courses) {
      const input = trialInput(chat(2), rung, 3, 16)
      expect(points, rung).toEqual(runTrial(input, measuredSteps(chat(2), 10)))
      expect(loss).toBe(advanceTraining(beginTraining(input), 10, Infinity).loss)
    }
    const pair = runToEnd(rungRun, { ...short, rungs: ['E', 'A'] })
    expect(pair.courses).toEqual([view.courses[4], view.courses[0]])
  })

  it('goes on from states that were cloned, and leaves the state it was given alone', () => {
    let straight = rungRun.begin({ ...short, rungs: ['B', 'E'] })
    let cloned = straight
    while (rungRun.progress(straight) < 1) {
      const kept = structuredClone(cloned)
      straight = rungRun.advance(straight)
      const next = rungRun.advance(structuredClone(cloned))
      expect(cloned).toEqual(kept)
      cloned = next
    }
    expect(cloned).toEqual(straight)
    expect(rungRun.advance(straight)).toBe(straight)
  })

  it('makes progress with every slice, never back, and keeps the rungs level in their measurements', () => {
    let state = rungRun.begin({ ...short, engine: 'typescript' })
    let before = rungRun.progress(state)
    expect(before).toBe(0)
    let levels = 0
    while (before < 1) {
      state = rungRun.advance(state)
      const counts = rungRun.view(state).courses.map(({ points }) => points.length)
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1)
      if (rungRun.isKeyframe(state)) {
        levels++
        expect(new Set(counts).size).toBe(1)
      }
      const now = rungRun.progress(state)
      expect(now).toBeGreaterThan(before)
      before = now
    }
    expect(levels).toBe(rungRun.view(state).measuredAt.length)
  })

  it('shows of each rung weights only where its mask allows them, and rows that add up to one', () => {
    const { courses } = runToEnd(rungRun, short)
    for (const { rung, attention } of courses) {
      const { layers, heads, size, weights } = attention!
      const inputs = 14
      const allowed = new Set(attentionMask(rungs[rung].removed, inputs, size - inputs).filter(cell => cell.allowed).map(({ row, column }) => row * size + column))
      // The one pass of E reads its first message as the input; in causal attention that makes no difference.
      for (let head = 0; head < layers * heads; head++) {
        for (let row = 0; row < size; row++) {
          const all = [...weights.subarray((head * size + row) * size, (head * size + row + 1) * size)]
          all.forEach((weight, column) => expect(weight === 0 || allowed.has(row * size + column), `${rung} ${row} ${column}`).toBe(true))
          const attentions = rung === 'A' && row >= inputs ? 2 : 1
          // Each weight is rounded to a 255th.
          expect(Math.abs(all.reduce((sum, weight) => sum + weight, 0) / 255 - attentions)).toBeLessThan(size / 510)
        }
      }
    }
  })
})

describe('training', () => {
  it('has a rate that climbs for 50 steps and then falls without an end in sight', () => {
    expect(rateAt(0.02, 25)).toBeCloseTo(0.01 / Math.sqrt(1.25), 12)
    expect(rateAt(0.02, 300)).toBeCloseTo(0.01, 12)
    // A longer run has the same beginning: nothing depends on where it ends.
    expect(runTrial(trialInput(question, 'E', 1, 16), [5, 10])).toEqual(runTrial(trialInput(question, 'E', 1, 16), [5, 10, 15]).slice(0, 2))
  })

  it('gives the recorded beginnings', () => {
    const beginnings: [Task, 'question' | 'chat', Width, 'A' | 'E', number][] = [
      [question, 'question', 16, 'E', 120], [question, 'question', 32, 'A', 80], [chat(6), 'chat', 32, 'E', 80],
    ]
    for (const [task, name, width, rung, last] of beginnings) {
      const part = partOf(rungsRecord, name, width)
      const steps = part.steps.filter(step => step <= last)
      const made = runTrial(trialInput(task, rung, 2, width), steps).map(({ exactMatch }) => Number(exactMatch.toFixed(4)))
      expect(made.at(-1)).toBeGreaterThan(0)
      expect(made, `${name} ${width} ${rung}`).toEqual(part.rungs.find(course => course.rung === rung)!.curves[1]!.slice(0, steps.length))
    }
  }, 60_000)

  it('finds the reference: a trained causal model has a head that looks mostly at the place that is referred to', () => {
    const untrained = rungRun.view(rungRun.advance(rungRun.begin({ task: 'chat', rungs: ['E'], seed: 2 }))).courses[0]!
    const view = runToEnd(rungRun, { task: 'chat', rungs: ['E'], seed: 2 })
    const { points, attention, finder } = view.courses[0]!
    expect(points.at(-1)!.exactMatch).toBeGreaterThan(0.95)
    expect(finder!.share).toBeGreaterThan(0.5)
    expect(untrained.finder!.share).toBeLessThan(0.3)
    expect(finder).toEqual(finderOf(attention!, view.example.references))
    expect(attention!.said).toEqual(view.example.tokens.slice(-5))
  }, 60_000)

  it('evaluates the averaged weights, not the last ones', () => {
    const training = advanceTraining(beginTraining(trialInput(chat(2), 'E', 1)), 100, Infinity)
    const score = evaluate(training)
    expect(score).toBeGreaterThan(0)
    expect(evaluate({ ...training, parameters: training.parameters.map(() => 0) as Float32Array })).toBe(score)
    expect(evaluate({ ...training, average: training.average.map(() => 0) as Float32Array })).toBe(0)
  }, 30_000)
})
