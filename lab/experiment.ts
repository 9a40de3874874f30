/**
 * What an experiment is, so that one mechanism can run all of them: plain data advanced in slices. The same input gives
 * the same states, however the slices are cut, in a worker or in a test.
 */
export interface Experiment<Input, State, View> {
  /** The state before any work. */
  begin: (input: Input) => State
  /** One slice of work, some ten milliseconds at the most, so that a pause is felt at once. */
  advance: (state: State) => State
  /** How much of the work is done, from 0 to 1; at 1 there is nothing left to advance. */
  progress: (state: State) => number
  /** What a figure draws of the state: plain data, cloneable. */
  view: (state: State) => View
  /**
   * Whether a state is worth seeing before the work goes on, so that a quick run can be followed: the worker shows it
   * for a moment, and a single step leads to the next of these.
   */
  isKeyframe: (state: State) => boolean
}
