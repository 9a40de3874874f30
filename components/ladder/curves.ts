/** The courses of the rungs as curves of exact match, recorded and live, and where their names stand. */
import type { RungPart } from '../../data/recorded.ts'
import type { RungView } from '../../lab/experiments/rung-run.ts'
import type { RungName } from '../../lab/transformer/rungs.ts'
import type { Tone } from './tones.ts'
import { median } from 'd3-array'
import { BATCH } from '../../lab/transformer/training.ts'
import { tones } from './tones.ts'

/** What the horizontal axis counts. */
export type Budget = 'examples' | 'flop'

export interface Point {
  /** Dialogues seen, or counted FLOPs. */
  readonly at: number
  /** Share of held-out answers that are right, 0 to 1. */
  readonly exactMatch: number
}

export interface Curve {
  readonly rung: RungName
  readonly tone: Tone
  /** The recorded seeds, and their median; empty where nothing is recorded. */
  readonly seeds: readonly (readonly Point[])[]
  readonly median: readonly Point[]
  /** The live run so far; empty where there is none. */
  readonly live: readonly Point[]
}

/** The curves of some rungs, from the record and the live run of the same work, either of which may be missing. */
export function curvesOf(names: readonly RungName[], budget: Budget, part: RungPart | undefined, live: RungView | undefined): Curve[] {
  return names.map((rung) => {
    const recorded = part?.rungs.find(course => course.rung === rung)
    const pointsOf = (values: readonly number[]): Point[] => values.map((exactMatch, i) => ({ at: budgetOf(part!, recorded!.stepFlop, budget, i), exactMatch }))
    return {
      rung,
      tone: tones[rung],
      seeds: recorded?.curves.map(pointsOf) ?? [],
      median: recorded ? pointsOf(part!.steps.map((_, i) => median(recorded.curves, curve => curve[i])!)) : [],
      live: live?.courses.find(course => course.rung === rung)?.points.map(({ exactMatch, ...spent }) => ({ at: spent[budget], exactMatch })) ?? [],
    }
  })
}

/** Where the axis ends: with the dearest rung that is shown, when it has taken all its steps. */
export function endOf(names: readonly RungName[], budget: Budget, part: RungPart | undefined, live: RungView | undefined): number {
  const recorded = part?.rungs.filter(({ rung }) => names.includes(rung)).map(({ stepFlop }) => budgetOf(part, stepFlop, budget, part.steps.length - 1)) ?? []
  const planned = live?.courses.map(({ stepFlop }) => live.steps * (budget === 'flop' ? stepFlop : BATCH)) ?? []
  return Math.max(...recorded, ...planned)
}

function budgetOf({ steps, batch }: RungPart, stepFlop: number, budget: Budget, i: number): number {
  return steps[i]! * (budget === 'flop' ? stepFlop : batch)
}

export type Place = readonly [x: number, y: number]

/** Heights at which a name may sit on its curve, best first, as shares of the way up. */
const heights = [0.5, 0.62, 0.38, 0.74, 0.26, 0.84, 0.16]

/**
 * A place on each curve for its name, as far from the names before as `room` if any height allows, and else as far as it
 * can be.
 * @param paths rising curves in pixels, none of them empty
 * @param bottom y of no right answers
 * @param top y of all right answers
 */
export function placeNames(paths: readonly (readonly Place[])[], bottom: number, top: number, room = 20): Place[] {
  const placed: Place[] = []
  for (const path of paths) {
    const places = heights.map(height => placeAt(path, bottom + height * (top - bottom))).filter(place => place !== undefined)
    const distance = ([x, y]: Place): number => Math.min(...placed.map(([px, py]) => Math.hypot(x - px, y - py)), Infinity)
    const candidates = places.length > 0 ? places : [path.at(-1)!]
    placed.push(candidates.find(place => distance(place) >= room) ?? candidates.reduce((best, place) => distance(place) > distance(best) ? place : best))
  }
  return placed
}

/** Where a curve first comes up to a height; undefined if it does not. */
function placeAt(path: readonly Place[], height: number): Place | undefined {
  const next = path.findIndex(([, y]) => y <= height)
  if (next < 1)
    return undefined
  const [[x0, y0], [x1, y1]] = [path[next - 1]!, path[next]!]
  return [x0 + (y0 - height) / (y0 - y1) * (x1 - x0), height]
}
