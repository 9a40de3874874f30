/**
 * What the recorded rungs show, as numbers and as sentences that follow from them. They speak of these two tasks at these
 * sizes, of an order only over all seeds, and of a cost only at equal answers. A budget without any right answers shows
 * nothing and is left out.
 */
import type { RungPart, RungsRecord } from '../../data/recorded.ts'
import { median } from 'd3-array'
import { factor, signed } from '../format.ts'
import { rungs, type RungName } from './rungs.ts'

export type Budget = 'examples' | 'flop'

/** Two rungs at one budget. */
export interface Duel {
  /** Steps of the first rung, and what it has seen or spent by then. */
  readonly step: number
  readonly budget: number
  /** Seeds in which the first has more right, and fewer. */
  readonly ahead: number
  readonly behind: number
  /** Medians over seeds. */
  readonly first: number
  readonly second: number
}

/** What it takes to reach a level, over the seeds that do in both rungs. */
export interface Price {
  readonly level: number
  /** Median over seeds of the first rung's FLOPs divided by the second's; NaN where none reaches the level. */
  readonly flopRatio: number
  /** Seeds in which the first pays more FLOPs; seeds that reach the level in both; seeds. */
  readonly dearer: number
  readonly reached: number
  readonly seeds: number
}

/** Below this share of right answers, in both medians, a budget is not compared. */
const LEAST_RIGHT = 0.05
/** The level at which costs are compared. */
const LEVEL = 0.9

/**
 * Two rungs seed by seed at equal examples or equal counted FLOPs, at the measurements of the first; the second is
 * interpolated between its own, and a budget beyond its last is left out.
 */
export function duels(part: RungPart, first: RungName, second: RungName, on: Budget): Duel[] {
  const a = courseOf(part, first)
  const b = courseOf(part, second)
  return part.steps.flatMap((step, i) => {
    const at = on === 'examples' ? step : step * a.stepFlop / b.stepFlop
    if (at > part.steps.at(-1)!) return []
    const pairs = a.curves.map((curve, seed) => [curve[i]!, valueAt(part.steps, b.curves[seed]!, at)] as const)
    const [mine, other] = [median(pairs, ([x]) => x)!, median(pairs, ([, y]) => y)!]
    if (Math.max(mine, other) < LEAST_RIGHT) return []
    return [{
      step,
      budget: on === 'examples' ? step * part.batch : step * a.stepFlop,
      ahead: pairs.filter(([x, y]) => x > y).length,
      behind: pairs.filter(([x, y]) => x < y).length,
      first: mine,
      second: other,
    }]
  })
}

/** Cost of the first measurement at or above a level. */
export function priceOf(part: RungPart, first: RungName, second: RungName, level = LEVEL): Price {
  const a = courseOf(part, first)
  const b = courseOf(part, second)
  const stepAt = (curve: readonly number[]): number | undefined => part.steps[curve.findIndex(value => value >= level)]
  const flop = a.curves.flatMap((curve, seed) => {
    const [mine, other] = [stepAt(curve), stepAt(b.curves[seed]!)]
    return mine === undefined || other === undefined ? [] : [mine * a.stepFlop / (other * b.stepFlop)]
  })
  return {
    level,
    flopRatio: median(flop) ?? NaN,
    dearer: flop.filter(ratio => ratio > 1).length,
    reached: flop.length,
    seeds: a.curves.length,
  }
}

/** The lead of one rung over another at equal examples: the difference of the medians, averaged over the compared budgets. */
export function meanLead(part: RungPart, first: RungName, second: RungName): number {
  const compared = duels(part, first, second, 'examples')
  return compared.reduce((sum, duel) => sum + duel.first - duel.second, 0) / compared.length
}

/** The part of a record with this task and width. */
export function partOf(record: RungsRecord, task: RungPart['task'], width: number): RungPart {
  const part = record.parts.find(part => part.task === task && part.width === width)
  if (!part) throw new RangeError(`The record has the question at the widths 16, 32 and 64 and the chat at 32; got ${task} at ${width}.`)
  return part
}

/** Who leads on single questions, on both axes. */
export function questionLesson(record: RungsRecord, width = 32): string {
  const part = partOf(record, 'question', width)
  return `On single questions, at width ${width}, ${leadSentence(part, 'examples')}; at equal counted FLOPs, ${leadSentence(part, 'flop')}.`
}

/**
 * What a step and the same answers cost in the chat. Nothing is said of the examples it takes: with smaller initial
 * embeddings than these the encoder–decoder needs more of them than the causal model, with these about as many.
 */
export function chatLesson(record: RungsRecord): string {
  const part = partOf(record, 'chat', 32)
  const { level, flopRatio, dearer, reached, seeds } = priceOf(part, 'A', 'E')
  const [name, other] = [rungs.A.title, rungs.E.title]
  const step = `In the chat of ${part.turns} turns a step of the ${name} costs ${factor(courseOf(part, 'A').stepFlop / courseOf(part, 'E').stepFlop)} the counted FLOPs of the ${other} model's`
  if (reached < seeds)
    return `${step}; ${reached} of ${seeds} seeds reach ${percent(level)} right in both, too few to compare what that costs.`
  return `${step}; ${percent(level)} right costs it ${flopRatio > 1 ? 'more' : 'less'} in the median, and more in ${dearer === seeds ? `all ${seeds}` : `${dearer} of ${seeds}`} seeds.`
}

/**
 * How the lead on single questions goes with the width, the rate tuned for each: over the whole run and at its end, and
 * an order only where both have the same.
 */
export function widthLesson(record: RungsRecord): string {
  const parts = record.parts.filter(({ task }) => task === 'question')
  const overall = parts.map(part => meanLead(part, 'A', 'E'))
  const final = parts.map((part) => {
    const { first, second } = duels(part, 'A', 'E', 'examples').at(-1)!
    return first - second
  })
  const points = (leads: readonly number[]): string => leads.map(lead => signed(100 * lead, 1)).join(', ')
  const orders = [overall, final].map(leads => leads.every((lead, i) => i === 0 || lead < leads[i - 1]!)
    ? 'the lead shrinks with the width'
    : leads.every((lead, i) => i === 0 || lead > leads[i - 1]!) ? 'the lead grows with the width' : 'the lead does not go with the width')
  const order = orders[0] === orders[1] ? orders[0]! : 'the two do not agree on how the lead goes with the width'
  return `Median lead of the ${rungs.A.title} over the ${rungs.E.title} model at widths ${parts.map(({ width }) => width).join(', ')}, in points of exact match: `
    + `${points(overall)} averaged over the budgets, ${points(final)} at the last; ${order}.`
}

/** "the encoder–decoder is ahead at every budget in all 8 seeds", or as much of it as is so. */
function leadSentence(part: RungPart, on: Budget): string {
  const compared = duels(part, 'A', 'E', on)
  const seeds = courseOf(part, 'A').curves.length
  const everywhere = compared.filter(({ ahead }) => ahead === seeds)
  const inMedian = compared.filter(({ first, second }) => first > second)
  const [name, other] = [rungs.A.title, rungs.E.title]
  if (everywhere.length === compared.length) return `the ${name} is ahead of the ${other} model at every budget, in all ${seeds} seeds`
  const all = everywhere.length === 0 ? 'at none in all seeds' : `at ${everywhere.length} in all ${seeds} seeds`
  const median = inMedian.length === compared.length ? 'at every budget' : `at ${inMedian.length} of ${compared.length} budgets`
  return `the ${name}'s median is ahead of the ${other} model's ${median}, ${all}${endOf(compared)}`
}

/** How close both are at the end. */
function endOf(compared: readonly Duel[]): string {
  const last = compared.at(-1)!
  return `, and at the end they stand at ${percent(last.first)} and ${percent(last.second)}`
}

function courseOf(part: RungPart, rung: RungName): RungPart['rungs'][number] {
  const course = part.rungs.find(course => course.rung === rung)
  if (!course) throw new RangeError(`The record has the rungs ${part.rungs.map(({ rung }) => rung).join(', ')}; got ${rung}.`)
  return course
}

/** Between two measurements along a straight line. */
function valueAt(steps: readonly number[], curve: readonly number[], at: number): number {
  const next = steps.findIndex(step => step >= at)
  if (steps[next] === at || next === 0) return curve[next]!
  const share = (at - steps[next - 1]!) / (steps[next]! - steps[next - 1]!)
  return curve[next - 1]! + share * (curve[next]! - curve[next - 1]!)
}

function percent(share: number): string {
  return `${(100 * share).toFixed(share > 0.9 && share < 1 && share !== LEVEL ? 1 : 0)} %`
}
