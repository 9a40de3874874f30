/** Where the curves of the model of the jump climb, which of them are drawn, and the climbs that were measured. */
import type { ArithmeticModel } from '../../data/emergence-arithmetic.ts'
import type { MeasuredClimb } from '../../lab/emergence.ts'
import { arithmeticModels } from '../../data/emergence-arithmetic.ts'
import { computeForLevel, decadesBetween, measuredClimb } from '../../lab/emergence.ts'

/** A climb goes from the one to the other. */
export const climbFrom = 0.1
export const climbTo = 0.9
export const climbMiddle = 0.5

/** Answers that are always drawn, in tokens. */
const references = [1, 5] as const

/** Decades of compute, from C₀ on, at which an answer of so many tokens is right with a probability of `level`. */
export function passesAt(level: number, tokens: number, alpha: number): number {
  return decadesBetween(1, computeForLevel(level, tokens, { c0: 1, alpha }))
}

/** The lengths of the answers that are drawn beside one of `length` tokens, that one included, the shortest first. */
export function lengthsBeside(length: number): number[] {
  return [...new Set([...references, length])].sort((a, b) => a - b)
}

export const lengthName = (tokens: number): string => tokens === 1 ? 'one token' : `${tokens} tokens`

/** The models of a family, least compute first. */
export function familyOf(name: string): ArithmeticModel[] {
  return arithmeticModels.filter(row => row.family === name).sort((a, b) => a.pretrainFlop - b.pretrainFlop)
}

/** The families whose models span the climb from below the middle to the top, steepest last. */
export const climbingFamilies: readonly (MeasuredClimb & { family: string })[] = [...new Set(arithmeticModels.map(({ family }) => family))]
  .flatMap((family) => {
    const climb = measuredClimb(familyOf(family).map(({ pretrainFlop, subtraction3 }) => ({ compute: pretrainFlop, score: subtraction3 })))
    return climb ? [{ family, ...climb }] : []
  })
  .sort((a, b) => b.decades - a.decades)
