/** What the emergence lens says: captions, statements and tables, from the numbers that are drawn. */
import type { DataTable } from '#live-figures'
import { arithmeticModel, arithmeticModels } from '../../data/emergence-arithmetic.ts'
import { kaplanExponents } from '../../data/kaplan.ts'
import { shiftDecades, widthDecades } from '../../lab/emergence.ts'
import { decimal, scientific } from '../../lab/format.ts'
import { climbFrom, climbingFamilies, climbMiddle, climbTo, lengthName, lengthsBeside, passesAt } from './climbs.ts'

export interface LensView {
  view: 'measured' | 'model' | 'width'
  alpha: number
  /** Tokens of the answer, all of which must be right. */
  length: number
  metric: 'exact match' | 'token accuracy'
  laid: boolean
}

// Two models that break the order of compute.
export const more = arithmeticModel('facebook/opt-66b')
export const less = arithmeticModel('Qwen/Qwen1.5-1.8B')
export const score = ({ subtraction3 }: { subtraction3: number }): string => decimal(Math.round(subtraction3 * 1000) / 1000, 3)
/** Of those two. */
export const comparison = `${decimal(less.subtraction3 / more.subtraction3, 0)} times the score with ${decimal(more.pretrainFlop / less.pretrainFlop, 1)} times less compute.`

export const tokensOf = (length: number): string => `${length} ${length === 1 ? 'token' : 'tokens'}`
const isKaplan = (alpha: number): boolean => alpha <= kaplanExponents.tokens
const kind = (alpha: number): string => isKaplan(alpha) ? 'Kaplan-like' : 'illustrative'
const kaplanWidths = [kaplanExponents.tokens, kaplanExponents.compute].map(exponent => decimal(widthDecades(exponent), 0)).join('–')

/** A score as a climb names it: .003, .98. */
export const level = (share: number): string => decimal(share, share < 0.01 ? 3 : 2).replace(/^0/, '')

/** Each measured climb, and what the model takes for the same. */
export function climbsBeside(alpha: number): { family: string, levels: string, measured: string, model: string }[] {
  return climbingFamilies.map(({ family, from, to, decades }) => ({
    family,
    levels: `${level(from.score)} → ${level(to.score)}`,
    measured: decimal(decades, 1),
    model: decimal(widthDecades(alpha, from.score, to.score), 1),
  }))
}

export function captionOf({ view, alpha }: LensView): string {
  if (view === 'measured')
    return `Three-digit subtraction by ${arithmeticModels.length} public models: nothing, nothing, then almost everything.`
  if (view === 'model')
    return `A model, not a fit: if tokens err independently, all L are right with p to the power L. α = ${alpha} is ${kind(alpha)}.`
  return `How wide is the climb? Two families as measured, and the model from the same start; α = ${alpha} is ${kind(alpha)}.`
}

export function statementOf({ alpha, laid }: LensView): string {
  if (isKaplan(alpha))
    return 'The same curve, shifted. No jump.'
  return laid ? 'Laid on each other: one curve.' : 'The same curve, shifted. Not steeper.'
}

export function readingOf({ alpha, length, metric }: LensView): string {
  if (length === 1)
    return 'For one token both metrics are the same: there is nothing to shift.'
  if (isKaplan(alpha))
    return `With a Kaplan-like α (${kaplanExponents.compute}–${kaplanExponents.tokens}) the climb takes ${kaplanWidths} decades: no jump.`
  if (metric === 'token accuracy')
    return `Scored token by token, the climb comes ${decimal(shiftDecades(length, alpha), 1)} decades earlier and is just as wide.`
  return 'It looks like a jump where a window shows the middle of one curve and only the tail of the other.'
}

/** What the shift leaves open, and what was published beside Schaeffer et al. */
export const openWords = 'The shift moves a climb. It does not explain how steep this one is.'
export const findings: readonly { who: string, finds: string }[] = [
  { who: 'Schaeffer et al. 2023', finds: 'jumps come with harsh metrics; a smooth metric gives a smooth curve.' },
  { who: 'Du et al. 2024', finds: 'at equal loss models score alike; below some loss an ability appears, under smooth metrics too.' },
  { who: 'Ruan et al. 2024', finds: 'several emergent climbs are smooth sigmoids, predictable from small models.' },
]

export function summaryOf(state: LensView): string {
  const { view, alpha, length, laid } = state
  if (view === 'measured') {
    return `Accuracy of three-digit subtraction against pre-training compute for ${arithmeticModels.length} public models: near 0 for small ones, near 1 for large ones. `
      + `Compute is not the only axis: OPT-66B has ${score(more)} at ${scientific(more.pretrainFlop)} FLOP, Qwen1.5-1.8B ${score(less)} at ${scientific(less.pretrainFlop)}.`
  }
  const width = decimal(widthDecades(alpha), 1)
  if (view === 'model') {
    return `A model with alpha ${alpha}, ${kind(alpha)}: exact match over ${tokensOf(length)} is the curve of token accuracy shifted right by ${decimal(shiftDecades(length, alpha), 1)} decades of compute. `
      + `Both climb from 10 to 90 per cent within ${width} decades: neither is steeper. ${laid ? 'Laid on each other they are one curve. ' : ''}Beside it the measured models.`
  }
  const climbs = climbsBeside(alpha).map(({ family, levels, measured, model }) => `${family}, ${levels}, measured ${measured}, model ${model}`).join('; ')
  return `Decades of compute that a climb takes, with alpha ${alpha}: ${climbs}. From 10 to 90 per cent the model takes ${width}, whatever the length of the answer. ${openWords}`
}

export function tablesOf({ view, alpha, length }: LensView): DataTable[] {
  const jump: DataTable = {
    caption: 'Measured: three-digit subtraction, least pre-training compute first',
    columns: ['model', 'family', 'pre-training compute, FLOP', 'accuracy'],
    rows: [...arithmeticModels].sort((a, b) => a.pretrainFlop - b.pretrainFlop)
      .map(row => [row.model, row.family, scientific(row.pretrainFlop), score(row)]),
  }
  if (view === 'measured')
    return [jump]
  if (view === 'model') {
    return [{
      caption: `The model, α = ${alpha}: decades of compute, from C₀ on, at which the answer is right so often`,
      columns: ['answer', ...[climbFrom, climbMiddle, climbTo].map(share => `${share * 100} % right`), 'from 10 to 90 %, decades', 'shifted right by, decades'],
      rows: lengthsBeside(length).map(answer => [
        lengthName(answer),
        ...[climbFrom, climbMiddle, climbTo].map(share => decimal(passesAt(share, answer, alpha), 1)),
        decimal(widthDecades(alpha), 1),
        decimal(shiftDecades(answer, alpha), 1),
      ]),
    }, jump]
  }
  return [{
    caption: `Decades of compute that a climb takes, α = ${alpha}`,
    columns: ['family', 'from → to', 'measured', 'the model, same levels'],
    rows: climbsBeside(alpha).map(({ family, levels, measured, model }) => [family, levels, measured, model]),
  }, jump]
}
