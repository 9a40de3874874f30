/** What a worker can run for a figure, and the messages between the two. */

/**
 * Plain data advanced in slices: the same input gives the same states, however the slices are cut. A deck's experiments need
 * no import of this; what has these functions is one.
 */
export interface Experiment<Input = never, State = never> {
  /** The state before any work. */
  begin: (input: Input) => unknown
  /** One slice of work, some ten milliseconds at the most, so that a pause is felt at once. */
  advance: (state: State) => unknown
  /** How much of the work is done, from 0 to 1. */
  progress: (state: State) => number
  /** What a figure draws of the state: plain data, cloneable. */
  view: (state: State) => unknown
  /** Whether a state is worth seeing before the work goes on: it is shown for a moment, and a single step leads to the next. */
  isKeyframe?: (state: State) => boolean
}

/** Experiments by name, whatever each of them works on. */
export type Experiments = Readonly<Record<string, Experiment>>

export type ExperimentInput<Of> = Of extends { begin: (input: infer Input) => unknown } ? Input : never
export type ExperimentView<Of> = Of extends { view: (state: never) => infer View } ? View : never

export type RunRequest
  = | { ask: 'begin', name: string, input: unknown }
    | { ask: 'play' }
    | { ask: 'pause' }
    | { ask: 'step' }

export type RunAnswer
  = | { answer: 'ready' }
    | { answer: 'view', view: unknown, progress: number }
    | { answer: 'failed', message: string }
