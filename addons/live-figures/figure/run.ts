/**
 * The one way to run an experiment on a slide. What the speaker shares are inputs and three controls (playing, round,
 * steps), so every window runs the same experiment for itself and shows the same result.
 *
 * A run lives in a worker of its own, made when it is first asked for. It stops when the slide is left and goes on where
 * it was; in previews, in the overview and in print there is none. A worker that cannot start or breaks down leaves the
 * figure still, and says so.
 */
import type { InjectionKey, Ref, ShallowRef } from 'vue'
import type { ExperimentInput, Experiments, ExperimentView, RunAnswer, RunRequest } from './experiment.ts'
import type { FigureHandle } from './state.ts'
import { computed, inject, onScopeDispose, ref, shallowRef, watch } from 'vue'

/** What is shared of a run: part of a figure's state. */
export interface RunControl {
  playing: boolean
  /** Raised by a reset: a new round begins from nothing. */
  round: number
  /** Raised by each single step. */
  steps: number
}

export const atRest: RunControl = { playing: false, round: 0, steps: 0 }

export type RunStatus = 'rest' | 'running' | 'paused' | 'done' | 'failed'

export interface Run<View> {
  /** What to draw; undefined before the first slice and after a failure: then the figure shows its still. */
  view: ShallowRef<View | undefined>
  /** From 0 to 1. */
  progress: Ref<number>
  status: Ref<RunStatus>
  /** Why it failed, for the corner of the slide. */
  failure: Ref<string>
}

/** How a worker is made; tests put one of their own. */
export const workerFactory: InjectionKey<() => Worker> = Symbol('worker-factory')

/** A worker that was asked to compute and has not answered after this long will not, in milliseconds. */
const patience = 8000

/** Runs one of a deck's experiments for a figure. */
export type UseRun<Known extends Experiments> = <Name extends keyof Known & string>(
  /** The figure's handle; its state holds the controls under `run`. */
  figure: FigureHandle<{ run: RunControl }>,
  name: Name,
  /** What to run it with; a change begins a new run. */
  input: () => ExperimentInput<Known[Name]>,
) => Run<ExperimentView<Known[Name]>>

/**
 * The `useRun` of a deck: `createUseRun<typeof experiments>(() => startWorker(file))`.
 * @param makeWorker makes the worker whose file calls serveExperiments with the same experiments
 */
export function createUseRun<Known extends Experiments>(makeWorker: () => Worker): UseRun<Known> {
  return (figure, name, input) => run(figure, name, input, makeWorker)
}

/**
 * Starts a worker, also where the page has no origin.
 * @param file its address, as `import file from './my.worker.ts?worker&url'` gives it
 */
export function startWorker(file: string): Worker {
  try {
    return new Worker(file, { type: 'module' })
  }
  catch {
    // A sandboxed frame has no origin and may run no worker from a file, but a plain one from a text of its own, which may
    // load that file, at once: what is asked of it is already waiting. WebAssembly is forbidden there as in the page.
    const text = `importScripts(${JSON.stringify(new URL(file, location.href))})`
    return new Worker(URL.createObjectURL(new Blob([text], { type: 'text/javascript' })))
  }
}

function run<Input, View>(figure: FigureHandle<{ run: RunControl }>, name: string, input: () => Input, makeWorker: () => Worker): Run<View> {
  const make = inject(workerFactory, makeWorker)
  const view = shallowRef<View>()
  const progress = ref(0)
  const status = ref<RunStatus>('rest')
  const failure = ref('')

  let worker: Worker | undefined
  let alarm: ReturnType<typeof setTimeout> | undefined

  const control = computed(() => figure.state.value.run)
  // What a run is of: when it changes, what was computed is of no use any more.
  const task = computed(() => JSON.stringify([control.value.round, input()]))
  const wanted = computed(() => figure.running.value && control.value.playing)

  function end(): void {
    clearTimeout(alarm)
    if (!worker)
      return
    // What it has sent already may still come, and would be taken for the next run's.
    worker.onmessage = null
    worker.onerror = null
    worker.terminate()
    worker = undefined
  }

  /** Back to the still. */
  function stop(now: 'rest' | 'failed'): void {
    end()
    view.value = undefined
    progress.value = 0
    status.value = now
  }

  function fail(message: string): void {
    stop('failed')
    failure.value = message
  }

  function ask(request: RunRequest): void {
    worker?.postMessage(request)
    if (request.ask !== 'pause')
      expectAnswer()
    else if (view.value)
      clearTimeout(alarm)
  }

  function expectAnswer(): void {
    clearTimeout(alarm)
    const due = Date.now() + patience
    alarm = setTimeout(() => {
      // A machine that slept wakes up with its alarms overdue; the worker slept too, and gets its time again.
      if (Date.now() > due + 1000)
        expectAnswer()
      else
        fail(`the worker did not answer in ${patience / 1000} s`)
    }, patience)
  }

  function begin(): boolean {
    if (worker)
      return true
    failure.value = ''
    try {
      worker = make()
    }
    catch (error) {
      fail(`no worker: ${error instanceof Error ? error.message : String(error)}`)
      return false
    }
    worker.onmessage = ({ data }: MessageEvent<RunAnswer>) => hear(data)
    worker.onerror = event => fail(`the worker broke down: ${event.message || 'no reason given'}`)
    ask({ ask: 'begin', name, input: JSON.parse(JSON.stringify(input())) })
    return true
  }

  function hear(answer: RunAnswer): void {
    clearTimeout(alarm)
    if (answer.answer === 'failed')
      return fail(answer.message)
    if (answer.answer !== 'view')
      return expectAnswer()
    view.value = answer.view as View
    progress.value = answer.progress
    if (answer.progress >= 1)
      status.value = 'done'
    else if (status.value === 'running')
      expectAnswer()
  }

  function play(): void {
    if (wanted.value && status.value !== 'done' && begin()) {
      status.value = 'running'
      ask({ ask: 'play' })
    }
  }

  watch(task, () => {
    stop('rest')
    play()
  })

  watch(wanted, (now) => {
    if (now) {
      play()
    }
    else if (status.value === 'running') {
      status.value = 'paused'
      ask({ ask: 'pause' })
    }
  }, { immediate: true })

  watch(() => control.value.steps, (now, before) => {
    if (now > before && figure.running.value && status.value !== 'done' && begin()) {
      status.value = 'paused'
      ask({ ask: 'step' })
    }
  })

  onScopeDispose(end)

  return { view, progress, status, failure }
}
