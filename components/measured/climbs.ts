/** Where the curves of the model of the jump climb, and which of them are drawn. */
import { computeForLevel, decadesBetween } from '../../lab/emergence.ts'

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
