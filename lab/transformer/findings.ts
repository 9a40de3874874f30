/**
 * What the recorded rungs show, as numbers: of these two tasks at these sizes, an order only over all seeds, a cost only at
 * equal answers. A budget without any right answers shows
 * nothing and is left out.
 */
import type { RungPart, RungsRecord } from '../../data/recorded.ts'
import { median } from 'd3-array'
import type { RungName } from './rungs.ts'

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
  return record.parts.find(part => part.task === task && part.width === width)!
}

function courseOf(part: RungPart, rung: RungName): RungPart['rungs'][number] {
  return part.rungs.find(course => course.rung === rung)!
}

/** Between two measurements along a straight line. */
function valueAt(steps: readonly number[], curve: readonly number[], at: number): number {
  const next = steps.findIndex(step => step >= at)
  if (steps[next] === at || next === 0) return curve[next]!
  const share = (at - steps[next - 1]!) / (steps[next]! - steps[next - 1]!)
  return curve[next - 1]! + share * (curve[next]! - curve[next - 1]!)
}
