/** The two kinds of work: what is asked, what is right, what is read of it, and that it is drawn the same each time. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Random } from '../../lab/random.ts'
import { referencesOf } from '../../lab/transformer/attention-heads.ts'
import {
  ANSWER, chat, dialogueTokens, drawDialogues, END, heldOutDialogues, MOST_TURNS, POSITIONS, question, readingsOf, SAME, scoredPlaces, SYMBOLS, trainingBatch, turnTokens, type Task,
} from '../../lab/transformer/task.ts'

const seeds = fc.integer({ min: 0, max: 1_000_000 })
const turnCounts = fc.integer({ min: 1, max: MOST_TURNS })
const isSymbol = (token: number): boolean => token >= 0 && token < SYMBOLS

/** The turns of a dialogue. */
function turnsOf(task: Task, tokens: ArrayLike<number>): { message: number[], answer: number[], ask: number, end: number }[] {
  const { symbols } = task
  return Array.from({ length: task.turns }, (_, turn) => {
    const all = Array.from(tokens).slice(turn * turnTokens(task), (turn + 1) * turnTokens(task))
    return { message: all.slice(0, symbols), ask: all[symbols]!, answer: all.slice(symbols + 1, -1), end: all.at(-1)! }
  })
}

describe('a question', () => {
  it('is answered by its symbols in order', () => {
    fc.assert(fc.property(seeds, (seed) => {
      const [turn] = turnsOf(question, drawDialogues(question, 1, Random.fromSeed(seed)))
      expect(turn!.message.every(isSymbol)).toBe(true)
      expect(turn).toMatchObject({ ask: ANSWER, answer: turn!.message.toSorted((a, b) => a - b), end: END })
    }))
  })

  it('asks for any symbol anywhere, some of them twice', () => {
    const messages = Array.from({ length: 200 }, (_, seed) => turnsOf(question, drawDialogues(question, 1, Random.fromSeed(seed)))[0]!.message)
    for (let place = 0; place < 12; place++) expect(new Set(messages.map(message => message[place])).size).toBe(SYMBOLS)
    expect(messages.some(message => new Set(message).size < 12)).toBe(true)
  })
})

describe('a chat', () => {
  it('is answered by its messages, with each reference resolved by place from the answer before', () => {
    fc.assert(fc.property(seeds, turnCounts, (seed, count) => {
      const task = chat(count)
      const turns = turnsOf(task, drawDialogues(task, 1, Random.fromSeed(seed)))
      turns.forEach(({ message, answer, ask, end }, turn) => {
        expect([ask, end]).toEqual([ANSWER, END])
        answer.forEach((symbol, place) => {
          expect(isSymbol(symbol)).toBe(true)
          expect(symbol).toBe(message[place] === SAME ? turns[turn - 1]!.answer[place] : message[place])
        })
      })
    }))
  })

  it('never refers back in its first turn, and in a third of the places after it', () => {
    const task = chat(6)
    const turns = Array.from({ length: 300 }, (_, seed) => turnsOf(task, drawDialogues(task, 1, Random.fromSeed(seed))))
    expect(turns.flatMap(([first]) => first!.message)).not.toContain(SAME)
    const later = turns.flatMap(all => all.slice(1).flatMap(({ message }) => message))
    // Five standard deviations of 6,000 draws.
    expect(Math.abs(later.filter(token => token === SAME).length / later.length - 1 / 3)).toBeLessThan(0.03)
  })

  it('has its references where they are said to be', () => {
    fc.assert(fc.property(seeds, turnCounts, (seed, count) => {
      const task = chat(count)
      const tokens = drawDialogues(task, 1, Random.fromSeed(seed))
      const references = referencesOf(task, [...tokens])
      expect(references.map(({ mark }) => mark)).toEqual([...tokens.keys()].filter(place => tokens[place] === SAME))
      for (const { mark, query, source, before } of references) {
        expect(mark - before).toBe(turnTokens(task))
        expect(source - before).toBe(task.symbols + 1)
        expect(tokens[query + 1]).toBe(tokens[source])
        expect(scoredPlaces(task)).toContain(query)
        expect(scoredPlaces(task)).toContain(source - 1)
      }
    }))
  })

  it('has from 1 to 16 turns, and the models have a position for each token of the longest', () => {
    expect(() => chat(0)).toThrow('A chat has 1 to 16 turns; got 0.')
    expect(() => chat(2.5)).toThrow('got 2.5')
    expect(() => chat(MOST_TURNS + 1)).toThrow('got 17')
    expect(dialogueTokens(chat(MOST_TURNS))).toBeLessThanOrEqual(POSITIONS)
  })
})

describe('what is read of a dialogue', () => {
  it('scores each place of each answer once, in one reading or turn by turn, and never the last END as an input', () => {
    fc.assert(fc.property(turnCounts, (count) => {
      for (const task of [question, chat(count)]) {
        for (const keeps of [true, false]) {
          const readings = readingsOf(task, keeps)
          expect(readings.length).toBe(keeps ? 1 : task.turns)
          expect(readings.flatMap(({ scored }) => scored)).toEqual(scoredPlaces(task))
          for (const { inputs, targets, scored } of readings) {
            expect(inputs + targets).toBeLessThanOrEqual(dialogueTokens(task))
            for (const place of scored) {
              expect(place).toBeGreaterThanOrEqual(inputs)
              expect(place).toBeLessThan(inputs + targets)
            }
          }
        }
      }
    }))
  })
})

describe('the draws', () => {
  it('are the same for a seed and step, differ between steps, seeds and held-out dialogues', () => {
    for (const task of [question, chat(4)]) {
      expect(trainingBatch(task, 3, 7, 4)).toEqual(trainingBatch(task, 3, 7, 4))
      const others = [trainingBatch(task, 3, 8, 4), trainingBatch(task, 4, 7, 4), heldOutDialogues(task, 3, 4)]
      for (const other of others) expect(other).not.toEqual(trainingBatch(task, 3, 7, 4))
    }
  })
})
