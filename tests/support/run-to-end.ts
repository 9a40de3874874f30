import type { Experiment } from '../../lab/experiment.ts'

/** An experiment run from its beginning to its end. */
export function runToEnd<Input, State, View>(experiment: Experiment<Input, State, View>, input: Input): View {
  let state = experiment.begin(input)
  while (experiment.progress(state) < 1)
    state = experiment.advance(state)
  return experiment.view(state)
}
