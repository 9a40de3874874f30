/** What is said of the recorded rungs follows from the record: another record gives other sentences. */
import { describe, expect, it } from 'vitest'
import { rungsRecord, type RungsRecord } from '../../data/recorded.ts'
import { duels, meanLead, partOf, priceOf } from '../../lab/transformer/findings.ts'
import { RUNG_NAMES, rungs } from '../../lab/transformer/rungs.ts'
import { chat, question } from '../../lab/transformer/task.ts'
import { planOf } from '../../lab/transformer/program.ts'
import { BATCH, stepFlop } from '../../lab/transformer/training.ts'
import { CHAT_TURNS, RECORDED_SEEDS, TUNING } from '../../scripts/lib/record-rungs.ts'
import { measuredSteps, RATES, RATES_TRIED, sizesOf, WIDTHS } from '../../lab/transformer/trials.ts'

/** The record with the curves of two rungs exchanged in the parts of one task. */
function exchanged(task: 'question' | 'chat'): RungsRecord {
  const record = structuredClone(rungsRecord)
  for (const part of record.parts.filter(part => part.task === task)) {
    const [a, e] = [part.rungs[0]!, part.rungs[4]!]
    ;[a.curves, e.curves] = [e.curves, a.curves]
    ;[a.stepFlop, e.stepFlop] = [e.stepFlop, a.stepFlop]
  }
  return record
}

describe('the record of the rungs', () => {
  it('has five rungs on questions at three widths and on the chat at one, eight seeds each, none of them used for tuning', () => {
    expect(rungsRecord.command).toBe('npm run record -- rungs')
    expect(rungsRecord.parts.map(({ task, turns, width }) => [task, turns, width])).toEqual([...WIDTHS.map(width => ['question', 1, width]), ['chat', CHAT_TURNS, 32]])
    expect(rungsRecord.seeds).toBe(RECORDED_SEEDS)
    expect(rungsRecord.tuning.seeds.every(seed => seed > RECORDED_SEEDS)).toBe(true)
    for (const part of rungsRecord.parts) expect(part.rungs.map(({ rung }) => rung)).toEqual(RUNG_NAMES)
  })

  it('was made with the settings, sizes and counts that the code has now', () => {
    expect(rungsRecord.tuning).toMatchObject(TUNING)
    for (const { task, width, steps, batch, rungs: courses } of rungsRecord.parts) {
      const work = task === 'question' ? question : chat(CHAT_TURNS)
      expect(steps).toEqual(measuredSteps(work))
      expect(batch).toBe(BATCH)
      for (const { rung, parameters, stepFlop: flop } of courses) {
        const plan = planOf(rungs[rung], sizesOf(width), work, 1)
        expect([parameters, flop]).toEqual([plan.layout.count, stepFlop(plan)])
      }
    }
  })

  it('has for each width the smallest rate within a hundredth of the best score', () => {
    for (const width of WIDTHS) {
      const scores = rungsRecord.tuning.scores.filter(score => score.width === width)
      expect(scores.map(({ rate }) => rate)).toEqual(RATES_TRIED)
      const best = Math.max(...scores.map(({ score }) => score))
      expect(RATES[width], String(width)).toBe(scores.find(({ score }) => score >= best - 0.01)!.rate)
      expect(rungsRecord.settings.rates.find(rate => rate.width === width)!.rate).toBe(RATES[width])
    }
  })

  it('is near the numbers published with the experiment: who is first early on, and where all end', () => {
    const medianAt = (task: 'question' | 'chat', rung: number, step: number): number => {
      const part = partOf(rungsRecord, task, 32)
      const values = part.rungs[rung]!.curves.map(curve => curve[part.steps.indexOf(step)]!).toSorted((a, b) => a - b)
      return (values[3]! + values[4]!) / 2
    }
    // At 130 steps A .72–.87, B .69–.78, C .40–.64, D .16–.27, E .11–.17; at 400 steps .98 to 1 and .95 to .98.
    const early = [0, 1, 2, 3, 4].map(rung => medianAt('question', rung, 120))
    expect(early).toEqual(early.toSorted((a, b) => b - a))
    expect(early[0]).toBeGreaterThan(0.6)
    expect(early[4]).toBeLessThan(0.35)
    for (const rung of [0, 1, 2, 3, 4]) expect(medianAt('question', rung, 400)).toBeGreaterThan(0.95)
    for (const rung of [0, 1, 3, 4]) expect(medianAt('chat', rung, 260)).toBeGreaterThan(0.95)
  })
})

describe('the findings', () => {
  it('compare two rungs at equal examples or FLOPs, and never beyond what was measured', () => {
    const part = partOf(rungsRecord, 'chat', 32)
    const a = part.rungs[0]!
    const e = part.rungs[4]!
    for (const duel of duels(part, 'A', 'E', 'flop')) {
      expect(duel.budget).toBe(duel.step * a.stepFlop)
      expect(duel.budget).toBeLessThanOrEqual(part.steps.at(-1)! * e.stepFlop)
      expect(duel.ahead + duel.behind).toBeLessThanOrEqual(rungsRecord.seeds)
    }
    expect(duels(part, 'A', 'A', 'examples').every(({ ahead, behind }) => ahead === 0 && behind === 0)).toBe(true)
  })

  it('price a level by the step that reaches it and what that step has cost, in the median over the seeds', () => {
    const record = structuredClone(rungsRecord)
    const part = partOf(record, 'chat', 32)
    // A at step 40, 80 and 120, E always at step 20: ratios of steps of 2, 4 and 6; the other seeds as the second.
    const reaching = (step: number): number[] => part.steps.map(at => at >= step ? 0.9 : 0.89)
    part.rungs[0]!.curves = [40, 120, 80, 80, 80, 80, 80, 80].map(reaching)
    part.rungs[4]!.curves = part.rungs[4]!.curves.map(() => reaching(20))
    const { flopRatio, dearer, reached } = priceOf(part, 'A', 'E')
    expect(flopRatio).toBeCloseTo(4 * part.rungs[0]!.stepFlop / part.rungs[4]!.stepFlop, 12)
    expect([dearer, reached]).toEqual([8, 8])
  })

  it('turn round when the curves do', () => {
    const part = partOf(rungsRecord, 'question', 32)
    expect(meanLead(partOf(exchanged('question'), 'question', 32), 'A', 'E')).toBeCloseTo(-meanLead(part, 'A', 'E'), 12)
    const price = priceOf(partOf(rungsRecord, 'chat', 32), 'A', 'E')
    const turned = priceOf(partOf(exchanged('chat'), 'chat', 32), 'A', 'E')
    expect(turned.dearer).toBe(price.reached - price.dearer)
  })
})
