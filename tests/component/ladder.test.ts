/** What the figure of the rungs says and where it puts it: pure functions of the numbers that are drawn. */
import type { RungPart, RungsRecord } from '../../data/recorded.ts'
import type { RungView } from '../../lab/experiments/rung-run.ts'
import type { RungName } from '../../lab/transformer/rungs.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { curvesOf, endOf, placeNames } from '../../components/ladder/curves.ts'
import { joined, sharesOf } from '../../components/ladder/training.ts'
import { captionOf, lastTurn, leadLine, lessonOf, priceLine, sourceOf, stepLine, tablesOf, variedPrice, widthLine, written } from '../../components/ladder/words.ts'
import { rungsRecord } from '../../data/recorded.ts'
import { RUNG_NAMES } from '../../lab/transformer/rungs.ts'
import { ANSWER, chat, END, SAME } from '../../lab/transformer/task.ts'

/** A record in which A and E climb from nothing to all over three measurements, at the given steps of a climb. */
function partOf(task: 'question' | 'chat', a: readonly (readonly number[])[], e: readonly (readonly number[])[], stepFlop: { A: number, E: number } = { A: 4e9, E: 1e9 }): RungPart {
  const course = (rung: RungName, curves: readonly (readonly number[])[], flop: number) => ({ rung, parameters: 1000, stepFlop: flop, curves: curves.map(curve => [...curve]) })
  return { task, turns: task === 'chat' ? 6 : 1, width: 32, batch: 32, answers: 100, steps: [0, 10, 20, 30], rungs: [course('A', a, stepFlop.A), course('E', e, stepFlop.E)] }
}

const early = [0, 0.5, 0.95, 1]
const late = [0, 0.1, 0.5, 0.95]

describe('the lead on single questions', () => {
  it('is said of all seeds only if it is so in all', () => {
    const same = { A: 1e9, E: 1e9 }
    expect(leadLine(partOf('question', [early, early], [late, late], same))).toBe('Per example and per FLOP the encoder–decoder is ahead of the causal model wherever answers are right, in all 2 seeds.')
    expect(leadLine(partOf('question', [early, early, late], [late, late, early], same))).toBe('Per example and per FLOP the encoder–decoder’s median is ahead of the causal model’s wherever answers are right; in all 3 seeds at 0 of 3 and 0 of 3 budgets.')
  })

  it('is not said at all where it is not there', () => {
    expect(leadLine(partOf('question', [late, late], [early, early], { A: 1e9, E: 1e9 }))).toBe('The encoder–decoder’s median is ahead at 0 of 3 budgets per example and 0 of 3 per FLOP; in all 2 seeds at 0 of 3 and 0 of 3.')
  })

  it('goes with the width as the record has it', () => {
    const wide = (width: number, e: readonly number[]): RungPart => ({ ...partOf('question', [early], [e], { A: 1e9, E: 1e9 }), width })
    const record = (...parts: RungPart[]) => ({ ...rungsRecord, parts }) as RungsRecord
    expect(widthLine(record(wide(64, early), wide(16, [0, 0, 0, 0.1]), wide(32, late)))).toContain('0 at 64; the wider, the smaller.')
    expect(widthLine(record(wide(16, early), wide(32, late)))).toContain('the wider, the larger.')
    expect(widthLine(record(wide(16, late), wide(32, early), wide(64, late)))).toContain('no order by width.')
  })
})

describe('the price in a chat', () => {
  it('names those that pay it in all seeds', () => {
    // A is there at step 20 of 4 GFLOP, E at step 20 of 1.
    expect(priceLine(partOf('chat', [early, early], [early, early]))).toBe('To get 90 % of the answers right, A spends more FLOPs than E, the causal model, in all 2 seeds.')
    expect(priceLine(partOf('chat', [early, early], [early, [0, 0, 0, 0.3]]))).toBe('To get 90 % of the answers right, A spends more FLOPs than E, the causal model, in every seed that gets there.')
    expect(priceLine(partOf('chat', [early, early], [late, early], { A: 1.2e9, E: 1e9 }))).toContain('none of the others spends more')
  })

  it('is said to come from what a step costs, and in how many seeds it is paid', () => {
    expect(stepLine(partOf('chat', [early, early], [early, early]))).toBe('A step costs the encoder–decoder 4× the FLOPs: with every turn it reads all that was said before anew. To get 90 % right it spends more in all 2 seeds.')
    expect(stepLine(partOf('chat', [early, early], [early, [0, 0, 0, 0.3]]))).toContain('it spends more in all 1 seeds in which both do, of 2.')
    expect(stepLine(partOf('chat', [early, early], [late, early], { A: 1.2e9, E: 1e9 }))).toContain('it spends more in 1 of 2 seeds.')
  })

  it('is that of a step in a chat, and that of the answers on single questions', () => {
    expect(variedPrice(partOf('chat', [late], [early]))).toMatchObject({ ratio: '4×', tone: 'structure' })
    expect(variedPrice(partOf('question', [early], [late], { A: 1e9, E: 1e9 }))).toMatchObject({ ratio: '1.5×', tone: 'general' })
    expect(variedPrice(partOf('question', [late], [[0, 0, 0, 0]])).ratio).toBe('–')
  })
})

describe('the words', () => {
  it('say whose curves are drawn', () => {
    expect(sourceOf(undefined, 8)).toBe('Recorded, 8 seeds')
    expect(sourceOf({ seed: 3 }, 8)).toBe('Live, seed 3, over 8 recorded')
    expect(sourceOf({ seed: 3 }, undefined)).toBe('Live, seed 3')
    expect(captionOf({ task: 'chat', turns: 4, width: 32 }, 2, 'Live, seed 3')).toContain('A chat of 4 turns that point back. Two Transformers')
  })

  it('claim nothing of work that is not recorded', () => {
    expect(lessonOf(rungsRecord, { task: 'chat', turns: 4, width: 32 }, undefined, 'flop')).toBe('A chat of 4 turns is not recorded: run it here. One seed shows no order.')
  })

  it('never call a model better per example, and never speak of larger models', () => {
    for (const part of rungsRecord.parts) {
      for (const budget of ['examples', 'flop'] as const)
        expect(lessonOf(rungsRecord, part, part, budget)).not.toMatch(/better|LLM|language model|cache/i)
    }
    expect(lessonOf(rungsRecord, { task: 'chat', turns: 6, width: 32 }, rungsRecord.parts.find(({ task }) => task === 'chat'), 'examples')).toContain('no order')
  })

  it('spell the last turn of a dialogue, and say whether all of the answer is right', () => {
    expect([0, 11, ANSWER, END, SAME].map(written)).toEqual(['A', 'L', '→', '·', '='])
    const tokens = [0, 1, 2, 3, ANSWER, 0, 1, 2, 3, END, SAME, 4, SAME, 5, ANSWER, 0, 4, 2, 5, END]
    expect(lastTurn(tokens, chat(2), [0, 4, 2, 5, END])).toEqual({ message: '= E = F', answer: 'A E C F', said: 'A E C F', right: true })
    expect(lastTurn(tokens, chat(2), [0, 4, 2, 5, 5]).right).toBe(false)
  })
})

describe('the curves', () => {
  const part = partOf('chat', [early, late, late], [late, late, early])

  it('stand over dialogues or counted FLOPs, with every seed and the median', () => {
    const [a, e] = curvesOf(['A', 'E'], 'flop', part, undefined)
    expect(a!.median).toEqual([0, 4e10, 8e10, 12e10].map((at, i) => ({ at, exactMatch: late[i]! })))
    expect(e!.seeds.map(points => points.map(({ exactMatch }) => exactMatch))).toEqual([late, late, early])
    expect(curvesOf(['E'], 'examples', part, undefined)[0]!.median.map(({ at }) => at)).toEqual([0, 320, 640, 960])
    expect(endOf(['A', 'E'], 'flop', part, undefined)).toBe(12e10)
    expect(endOf(['E'], 'flop', part, undefined)).toBe(3e10)
  })

  it('are all in the tables, with the lowest and the highest seed', () => {
    const [table] = tablesOf(part, part, curvesOf(['A', 'E'], 'flop', part, undefined), undefined)
    expect(table!.rows[2]).toEqual(['20', '50 % (50 % to 95 %)', '50 % (50 % to 95 %)'])
  })

  it('have their names on them, and apart where there is room', () => {
    const path = fc.tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 40, max: 150 })).map(([from, width]) => Array.from({ length: 11 }, (_, i) => [from + i * width / 10, 200 - i * 18] as const))
    fc.assert(fc.property(fc.array(path, { minLength: 1, maxLength: 5 }), (paths) => {
      placeNames(paths, 200, 20).forEach(([x, y], i) => {
        const [from, to] = [paths[i]![0]![0], paths[i]!.at(-1)![0]]
        expect(x).toBeCloseTo(from + (200 - y) / 180 * (to - from), 6)
      })
    }))
    const one = Array.from({ length: 11 }, (_, i) => [i * 10, 200 - i * 18] as const)
    const places = placeNames([one, one, one, one], 200, 20)
    places.forEach(([, y], i) => places.slice(0, i).forEach(([, other]) => expect(Math.abs(y - other)).toBeGreaterThanOrEqual(17)))
  })
})

describe('the workers', () => {
  it('are two where there are cores to spare and rungs for both', () => {
    expect(sharesOf(RUNG_NAMES, 2)).toEqual([['A', 'B', 'C', 'D', 'E']])
    expect(sharesOf(RUNG_NAMES, 4)).toEqual([['A', 'B'], ['C', 'D', 'E']])
    expect(sharesOf(['A', 'E'], 8)).toEqual([['A'], ['E']])
    expect(sharesOf(['D', 'E'], 8)).toEqual([['D', 'E']])
  })

  it('show one run once both have shown something, its rungs in order', () => {
    const view = (...names: RungName[]) => ({ seed: 1, courses: names.map(rung => ({ rung })) }) as unknown as RungView
    expect(joined([view('C', 'E'), undefined], ['A', 'C', 'E'])).toBeUndefined()
    expect(joined([view('C', 'E'), view('A')], ['A', 'C', 'E'])?.courses.map(({ rung }) => rung)).toEqual(['A', 'C', 'E'])
  })
})
