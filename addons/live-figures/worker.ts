/**
 * What a deck's worker runs: `serveExperiments({ 'my-experiment': … })`, and nothing else. One experiment at a time, off
 * the main thread: asked by messages, answering with views. Slices are cut by the clock; what comes out is not, because an
 * experiment gives the same states however it is cut.
 */
import type { Experiment, Experiments, RunAnswer, RunRequest } from './figure/experiment.ts'

export type { RunAnswer, RunRequest }

/** Views are posted this often while running, in milliseconds: smooth to the eye, light for the main thread. */
const interval = 60

let experiment: Experiment<unknown, unknown> | undefined
let state: unknown
let playing = false
/** Each play starts a loop of its own; one that was overtaken by a pause or a new beginning ends itself. */
let loop = 0

/** Answers the page from now on. Called once, by the worker's own file. */
export function serveExperiments(experiments: Experiments): void {
  onmessage = ({ data }: MessageEvent<RunRequest>) => answer(data, experiments)
  post({ answer: 'ready' })
}

function post(answer: RunAnswer): void {
  postMessage(answer)
}

function show(running: Experiment<unknown, unknown>): void {
  post({ answer: 'view', view: running.view(state), progress: running.progress(state) })
}

function play(): void {
  playing = true
  const mine = ++loop
  const slice = (): void => {
    if (!experiment || !playing || mine !== loop)
      return
    try {
      const until = performance.now() + interval
      while (experiment.progress(state) < 1 && performance.now() < until) {
        state = experiment.advance(state)
        if (experiment.isKeyframe?.(state))
          break
      }
      show(experiment)
      // After a keyframe the rest of the interval is left to the eye.
      if (experiment.progress(state) < 1)
        setTimeout(slice, Math.max(0, until - performance.now()))
      else
        playing = false
    }
    catch (error) {
      fail(error)
    }
  }
  slice()
}

function fail(error: unknown): void {
  playing = false
  post({ answer: 'failed', message: error instanceof Error ? error.message : String(error) })
}

function answer(request: RunRequest, experiments: Experiments): void {
  try {
    if (request.ask === 'begin') {
      playing = false
      loop++
      experiment = experiments[request.name] as Experiment<unknown, unknown> | undefined
      if (!experiment)
        throw new RangeError(`This worker runs no experiment “${request.name}”, only ${Object.keys(experiments).join(', ')}.`)
      state = experiment.begin(request.input)
      show(experiment)
    }
    else if (request.ask === 'play') {
      play()
    }
    else if (request.ask === 'pause') {
      playing = false
    }
    else if (experiment && experiment.progress(state) < 1) {
      playing = false
      do
        state = experiment.advance(state)
      while (experiment.isKeyframe?.(state) === false && experiment.progress(state) < 1)
      show(experiment)
    }
  }
  catch (error) {
    fail(error)
  }
}
