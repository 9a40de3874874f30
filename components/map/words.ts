/** What the map of token pairs says about right and wrong constraints, from the numbers that are drawn. */
import type { DataTable } from '#live-figures'
import type { MapConstraint } from '../../lab/attention-map.ts'
import type { Band, Curve } from '../../lab/race/compare.ts'
import { outcomes } from '../../data/loan-book.ts'
import { symmetryFindings } from '../../data/symmetry.ts'
import { decimal, grouped, smallError } from '../../lab/format.ts'

/** The four learners: two of their constraints are structure, and only "shared" is true of what is learned. */
export const names: Readonly<Record<MapConstraint, { title: string, tone: 'structure' | 'general' }>> = {
  'local-shared': { title: 'local, shared', tone: 'structure' },
  'local': { title: 'local', tone: 'structure' },
  'shared': { title: 'any lag, shared', tone: 'structure' },
  'free': { title: 'free', tone: 'general' },
}
/** In the order of the maps. */
export const grid: readonly MapConstraint[] = ['local-shared', 'local', 'shared', 'free']

/** A learned map with what it cost and how far it errs. */
export interface LearnedMap {
  constraint: MapConstraint
  map: ArrayLike<number>
  parameters: number
  error: number
}

/** Errors of a constraint along the numbers of examples. */
export interface Errors extends Band {
  constraint: MapConstraint
}

/** Where the free map passes the local and shared one, in examples. */
export type Passing = Record<'p10' | 'p50' | 'p90', number>

export function captionOf(tokens: number, source: string): string {
  return `Which of ${tokens} tokens go together, by regression: “local” is wrong here, “shared” is right. ${source}.`
}

/** From which number of examples on the right constraint alone has the lowest median error. */
export function rightFrom(examples: readonly number[], errors: readonly Errors[]): number | undefined {
  const medianOf = (constraint: MapConstraint): Curve => errors.find(each => each.constraint === constraint)!.median
  const ahead = (i: number) => grid.every(other => other === 'shared' || (medianOf('shared')[i] ?? 0) < (medianOf(other)[i] ?? 0))
  return examples.find((_, i) => examples.every((_, j) => j < i || ahead(j)))
}

/** What a click teaches: the constraint pays, the wrong half of it costs, the right half is best. */
export function lessonOf(step: number, examples: number, maps: readonly LearnedMap[], best: number | undefined): string {
  const of = (constraint: MapConstraint) => maps.find(map => map.constraint === constraint)!
  const [wrong, free] = [of('local-shared'), of('free')]
  if (step === 0)
    return `With ${grouped(examples)} examples the constraint ${wrong.error < free.error ? 'pays' : 'costs'}: ${wrong.parameters} weights err by ${smallError(wrong.error)}, ${free.parameters} free ones by ${smallError(free.error)}.`
  if (step === 1)
    return `“Local” has no words for the far band, and more examples give it none: here it errs by ${smallError(wrong.error)}, free by ${smallError(free.error)}.`
  return best === undefined
    ? 'Keep only what is right, any lag but shared: blame the wrong constraint, not constraints.'
    : `Keep only what is right, any lag but shared, and you are best from ${grouped(best)} examples on. Blame the wrong constraint, not constraints.`
}

export function summaryOf(examples: number, maps: readonly LearnedMap[], passing: Passing | undefined, lesson: string): string {
  const errors = maps.map(map => `${names[map.constraint].title} ${smallError(map.error)}`).join(', ')
  const cross = passing ? ` The free map passes the local and shared one at ${grouped(passing.p50)} examples.` : ''
  return `Errors with ${grouped(examples)} examples: ${errors}.${cross} ${lesson}`
}

/** What was published on symmetry, and the entry of the loan book that it asks for. */
export function symmetryWords(): string {
  const found = symmetryFindings.map(({ who, on, finds }) => `${who}, ${on}: ${finds}.`).join(' ')
  return `Published on built-in symmetry: ${found} In the loan book: never due, ${outcomes['never due'].test}.`
}

/** The errors, where the lead changes, and the maps as numbers. */
export function tablesOf(at: { examples: number, seed: number, maps: readonly LearnedMap[] }, along: { examples: readonly number[], errors: readonly Errors[] }, passing: Passing | undefined, truth: ArrayLike<number>, variance: number, over: string): DataTable[] {
  return [
    {
      caption: `With ${grouped(at.examples)} examples`,
      columns: ['constraint', 'weights', 'mean squared error, median'],
      rows: at.maps.map(({ constraint, parameters, error }) => [names[constraint].title, String(parameters), smallError(error)]),
    },
    ...(passing
      ? [{ caption: 'Where the free map passes the local and shared one', columns: ['of the seeds', 'training examples'], rows: [['10th percentile', grouped(passing.p10)], ['median', grouped(passing.p50)], ['90th percentile', grouped(passing.p90)]] }]
      : []),
    {
      caption: `Mean squared error, median (10th to 90th percentile), ${over}; target variance ${variance}`,
      columns: ['training examples', ...along.errors.map(({ constraint }) => names[constraint].title)],
      rows: along.examples.map((value, i) => [grouped(value), ...along.errors.map(({ p10, median, p90 }) => median[i] == null ? 'none' : `${smallError(median[i])} (${smallError(p10[i] ?? 0)} to ${smallError(p90[i] ?? 0)})`)]),
    },
    matrix('The true map: weight of each pair of tokens', truth),
    ...at.maps.map(({ constraint, map }) => matrix(`The map of ${names[constraint].title}, ${grouped(at.examples)} examples, seed ${at.seed}`, map)),
  ]
}

function matrix(caption: string, map: ArrayLike<number>): DataTable {
  const side = Math.round(Math.sqrt(map.length))
  const tokens = Array.from({ length: side }, (_, token) => token)
  return {
    caption,
    columns: ['token', ...tokens.map(token => String(token + 1))],
    rows: tokens.map(row => [String(row + 1), ...tokens.map(column => decimal(map[row * side + column] ?? 0, 2))]),
  }
}
