/**
 * Runs one experiment at a time, off the main thread: asked by messages, answering with views. Slices are cut by the
 * clock; what comes out is not, because an experiment gives the same states however it is cut.
 */
import type { Experiment } from '../lab/experiment.ts'
import type { ExperimentName } from '../lab/experiments.ts'
import { experiments } from '../lab/experiments.ts'

export type RunRequest =
  | { ask: 'begin', name: ExperimentName, input: unknown }
  | { ask: 'play' }
  | { ask: 'pause' }
  | { ask: 'step' }

export type RunAnswer =
  | { answer: 'ready' }
  | { answer: 'view', view: unknown, progress: number }
  | { answer: 'failed', message: string }

/** Views are posted this often while running, in milliseconds: smooth to the eye, light for the main thread. */
const interval = 60

let experiment: Experiment<unknown, unknown, unknown> | undefined
let state: unknown
let playing = false
/** Each play starts a loop of its own; one that was overtaken by a pause or a new beginning ends itself. */
let loop = 0

function post(answer: RunAnswer): void {
  postMessage(answer)
}

function show(running: Experiment<unknown, unknown, unknown>): void {
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
        if (experiment.beat?.(state))
          break
      }
      show(experiment)
      // After a beat the rest of the interval is left to the eye.
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

onmessage = ({ data }: MessageEvent<RunRequest>) => {
  try {
    if (data.ask === 'begin') {
      playing = false
      loop++
      experiment = experiments[data.name] as unknown as Experiment<unknown, unknown, unknown>
      state = experiment.begin(data.input)
      show(experiment)
    }
    else if (data.ask === 'play') {
      play()
    }
    else if (data.ask === 'pause') {
      playing = false
    }
    else if (experiment && experiment.progress(state) < 1) {
      playing = false
      do
        state = experiment.advance(state)
      while (experiment.beat?.(state) === false && experiment.progress(state) < 1)
      show(experiment)
    }
  }
  catch (error) {
    fail(error)
  }
}

post({ answer: 'ready' })
