/** What the five Transformers and their two kinds of work say, from the numbers that are drawn; an order is only said over all seeds. */
import type { DataTable } from '#live-figures'
import type { RungPart, RungsRecord } from '../../data/recorded.ts'
import type { RungView } from '../../lab/experiments/rung-run.ts'
import type { Budget, Curve } from './curves.ts'
import { decimal, factor, grouped, percentage, rounded, scientific } from '../../lab/format.ts'
import { duels, meanLead, priceOf } from '../../lab/transformer/findings.ts'
import type { RungName } from '../../lab/transformer/rungs.ts'
import { rungs } from '../../lab/transformer/rungs.ts'
import type { Task, TaskName } from '../../lab/transformer/task.ts'
import { ANSWER, END, SAME } from '../../lab/transformer/task.ts'

/** What is being looked at. */
export interface Work {
  readonly task: TaskName
  readonly turns: number
  readonly width: number
}

/** What each kind of work is called over its panel. */
export const workNames: Readonly<Record<TaskName, string>> = { question: 'one question, one answer', chat: 'a chat' }

export function captionOf({ task, turns, width }: Work, models: number, source: string): string {
  const what = task === 'question' ? 'Sort 12 symbols: one question, one answer' : `A chat of ${turns} turns that point back`
  return `${what}. ${models === 2 ? 'Two' : 'Five'} Transformers of 2 layers, width ${width}. ${source}.`
}

/** Whose curves are drawn: "Live, seed 3, over 8 recorded seeds". */
export function sourceOf(live: { seed: number } | undefined, recordedSeeds: number | undefined): string {
  if (!live)
    return recordedSeeds === undefined ? 'Not recorded' : `Recorded, ${recordedSeeds} seeds`
  return recordedSeeds === undefined ? `Live, seed ${live.seed}` : `Live, seed ${live.seed}, over ${recordedSeeds} recorded`
}

/** The lesson of the record, in a sentence or two; of work that is not recorded there is none. */
export function lessonOf(record: RungsRecord, work: Work, part: RungPart | undefined, budget: Budget, pair = false): string {
  if (!part)
    return `${work.task === 'chat' ? `A chat of ${work.turns} turns` : `The width ${work.width}`} is not recorded: run it here. One seed shows no order.`
  if (part.task === 'chat')
    return budget === 'examples' ? 'By dialogues seen we claim no order in a chat: it depends on how large the embeddings begin.' : pair ? stepLine(part) : priceLine(part)
  return work.width === 32 ? leadLine(part) : widthLine(record)
}

/** Who is ahead on single questions, on both axes. */
export function leadLine(part: RungPart): string {
  const seeds = seedsOf(part)
  const leadOn = (budget: Budget) => {
    const compared = duels(part, 'A', 'E', budget)
    return {
      budgets: compared.length,
      inMedian: compared.filter(({ first, second }) => first > second).length,
      everywhere: compared.filter(({ ahead }) => ahead === seeds).length,
    }
  }
  const [examples, flop] = [leadOn('examples'), leadOn('flop')]
  const leads = [examples, flop]
  if (leads.every(({ budgets, everywhere }) => everywhere === budgets))
    return `Per example and per FLOP the ${rungs.A.title} is ahead of the ${rungs.E.title} model wherever answers are right, in all ${seeds} seeds.`
  const inAll = `in all ${seeds} seeds at ${examples.everywhere} of ${examples.budgets} and ${flop.everywhere} of ${flop.budgets}`
  if (leads.every(({ budgets, inMedian }) => inMedian === budgets))
    return `Per example and per FLOP the ${rungs.A.title}’s median is ahead of the ${rungs.E.title} model’s wherever answers are right; ${inAll} budgets.`
  return `The ${rungs.A.title}’s median is ahead at ${examples.inMedian} of ${examples.budgets} budgets per example and ${flop.inMedian} of ${flop.budgets} per FLOP; ${inAll}.`
}

/** Who pays more than the causal model for the same answers in a chat; in no case is an order of the others said. */
export function priceLine(part: RungPart): string {
  const prices = part.rungs.filter(({ rung }) => rung !== 'E').map(({ rung }) => ({ rung, ...priceOf(part, rung, 'E') }))
  const { level, seeds } = prices[0]!
  // A seed that does not get there in either shows nothing.
  const dearer = prices.filter(({ dearer, reached }) => reached > 0 && dearer === reached)
  const who = dearer.length === 4 ? 'all four others' : dearer.length === 0 ? 'none of the others' : dearer.map(({ rung }) => rung).join(', ')
  const often = dearer.every(({ reached }) => reached === seeds) ? `all ${seeds} seeds` : 'every seed that gets there'
  return `To get ${percentage(level)} of the answers right, ${who} spend${dearer.length < 2 ? 's' : ''} more FLOPs than E, the ${rungs.E.title} model, in ${often}.`
}

/** Where the price of the encoder–decoder comes from: what a step costs it. */
export function stepLine(part: RungPart): string {
  const { level, dearer, reached, seeds } = priceOf(part, 'A', 'E')
  return `A step costs the ${rungs.A.title} ${stepRatio(part)} the FLOPs: with every turn it reads all that was said before anew. To get ${percentage(level)} right it spends ${oftenOf(dearer, reached, seeds)}.`
}

function stepRatio(part: RungPart): string {
  const [a, e] = (['A', 'E'] as const).map(name => part.rungs.find(({ rung }) => rung === name)!.stepFlop) as [number, number]
  return factor(rounded(a / e))
}

/** In how many seeds it is so, of those that can be compared. */
function oftenOf(dearer: number, reached: number, seeds: number): string {
  const all = dearer === reached ? `all ${reached}` : `${dearer} of ${reached}`
  return `more in ${all} seeds${reached < seeds ? ` in which both do, of ${seeds}` : ''}`
}

/** How the lead on single questions goes with the width. */
export function widthLine(record: RungsRecord): string {
  const parts = record.parts.filter(({ task }) => task === 'question').toSorted((a, b) => a.width - b.width)
  const leads = parts.map(part => meanLead(part, 'A', 'E'))
  const list = parts.map(({ width }, i) => `${decimal(100 * leads[i]!, 0)}${i === 0 ? ' points' : ''} at ${i === 0 ? 'width ' : ''}${width}`).join(', ')
  const order = leads.every((lead, i) => i === 0 || lead < leads[i - 1]!)
    ? 'the wider, the smaller'
    : leads.every((lead, i) => i === 0 || lead > leads[i - 1]!) ? 'the wider, the larger' : 'no order by width'
  return `The mean lead of the ${rungs.A.title} over the ${rungs.E.title} model, per example: ${list}; ${order}. The rate is tuned for each width.`
}

export function summaryOf(work: Work, curves: readonly Curve[], lesson: string, running: boolean, seed: number): string {
  const names = curves.map(({ rung }) => `${rung} ${rungs[rung].title}`).join(', ')
  if (running)
    return `${curves.length} Transformers are being trained on ${workNames[work.task]}, seed ${seed}: ${names}. Thin lines show the recorded runs.`
  const ends = curves.filter(({ median }) => median.length > 0).map(({ rung, median }) => `${rung} ${rungs[rung].title} ${percentage(median.at(-1)!.exactMatch)}`)
  return ends.length > 0 ? `Right at the end of training, medians: ${ends.join(', ')}. ${lesson}` : lesson
}

/** Medians with the lowest and the highest seed, the live run, and what each rung weighs and costs. */
export function tablesOf(work: Work, part: RungPart | undefined, curves: readonly Curve[], live: RungView | undefined): DataTable[] {
  const what = work.task === 'question' ? 'Single questions' : `A chat of ${work.turns} turns`
  const columns = curves.map(({ rung }) => `${rung} ${rungs[rung].title}`)
  const costs = curves.flatMap(({ rung }) => (part?.rungs ?? live?.courses ?? []).find(course => course.rung === rung) ?? [])
  return [
    ...(part
      ? [{
          caption: `${what}, width ${work.width}: held-out answers right in every symbol, median (lowest to highest of ${seedsOf(part)} recorded seeds)`,
          columns: ['training steps', ...columns],
          rows: part.steps.map((step, i) => [grouped(step), ...curves.map(({ median, seeds }) => {
            const values = seeds.map(points => points[i]!.exactMatch)
            return `${percentage(median[i]!.exactMatch)} (${percentage(Math.min(...values))} to ${percentage(Math.max(...values))})`
          })]),
        }]
      : []),
    ...(live
      ? [{
          caption: `${what}, width ${live.width}: live, seed ${live.seed}`,
          columns: ['training steps', ...columns],
          rows: live.measuredAt.filter((_, i) => curves.some(curve => curve.live[i])).map((step, i) => [grouped(step), ...curves.map(curve => curve.live[i] ? percentage(curve.live[i].exactMatch) : 'none')]),
        }]
      : []),
    ...(costs.length > 0
      ? [{
          caption: 'What each weighs and costs',
          columns: ['Transformer', 'parameters', 'counted FLOPs of a training step'],
          rows: costs.map(({ rung, parameters, stepFlop }) => [`${rung} ${rungs[rung].title}`, grouped(parameters), scientific(stepFlop, 2)]),
        }]
      : []),
  ]
}

/** A token of a dialogue as it is written: a letter, or a sign for the three that are none. */
export function written(token: number): string {
  return token === ANSWER ? '→' : token === END ? '·' : token === SAME ? '=' : String.fromCharCode(65 + token)
}

/** The last message of a dialogue, the right answer to it, and what a rung says. */
export function lastTurn(tokens: readonly number[], { symbols }: Task, said: readonly number[]): { message: string, answer: string, said: string, right: boolean } {
  const answer = tokens.slice(-symbols - 1)
  return {
    message: tokens.slice(-2 * symbols - 2, -symbols - 2).map(written).join(' '),
    answer: answer.slice(0, -1).map(written).join(' '),
    said: said.slice(0, -1).map(written).join(' '),
    right: answer.every((token, i) => said[i] === token),
  }
}

/** What a head is found to do: the mean weight it gives to what the references stand for. */
export function findingOf(rung: RungName, found: { share: number } | null, task: TaskName): string {
  if (task === 'question')
    return 'A question refers to nothing before it.'
  return found ? `${Math.round(found.share * 100)} % of this head’s look goes to what “=” stands for.` : `No head of ${rung} looks there yet.`
}

export function seedsOf(part: RungPart): number {
  return part.rungs[0]!.curves.length
}

/** Over the two panels on paper. */
export function printedCaption(seeds: number): string {
  return `Sort 12 symbols, and a chat that points back. Five Transformers of 2 layers, width 32. Recorded, ${seeds} seeds.`
}

/** Over the two panels of one question and a chat. */
export function variedCaption(seeds: number): string {
  return `Two Transformers, 2 layers of width 32, trained to sort 12 symbols and to chat. ${seeds} seeds each; the median strong.`
}

/**
 * What the other side pays, large, and the sentence beside it. On single questions it is the price of the same answers; in a
 * chat that of a step alone, which is exact: how many steps it takes depends on how large the embeddings begin.
 */
export function variedPrice(part: RungPart): { ratio: string, words: string, tone: 'structure' | 'general' } {
  const chat = part.task === 'chat'
  const { level, flopRatio, dearer, reached, seeds } = chat ? priceOf(part, 'A', 'E') : priceOf(part, 'E', 'A')
  if (chat)
    return { ratio: stepRatio(part), words: `the FLOPs a step for the ${rungs.A.title}, which reads all that was said anew with every turn. To get ${percentage(level)} right, the dotted line, it spends ${oftenOf(dearer, reached, seeds)}`, tone: 'structure' }
  return reached === 0
    ? { ratio: '–', words: `Not both are ${percentage(level)} right in the end`, tone: 'general' }
    : { ratio: factor(rounded(flopRatio)), words: `the FLOPs for the decoder-only model to get ${percentage(level)} of the answers right, the dotted line: ${oftenOf(dearer, reached, seeds)}`, tone: 'general' }
}

export function variedSummary(parts: readonly RungPart[]): string {
  return parts.map((part) => {
    const { ratio, words } = variedPrice(part)
    return `${part.task === 'question' ? 'On single questions' : `In a chat of ${part.turns} turns`}: ${ratio} ${words}.`
  }).join(' ')
}
