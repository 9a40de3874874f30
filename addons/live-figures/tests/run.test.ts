/** The one way to run an experiment: starts, pauses, steps, resets, stops with its slide, survives a worker that does not. */
import type { Experiment, RunAnswer, RunRequest } from '../figure/experiment.ts'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h, nextTick, provide } from 'vue'
import { runControl, seed } from '../figure/fields.ts'
import { useFigure } from '../figure/state.ts'
import { atRest, createUseRun, workerFactory } from '../figure/run.ts'
import { mountFigure } from '../testing/mount.ts'

/** A worker in the same thread: a test answers for it. */
class FakeWorker {
  static made: FakeWorker[] = []
  asked: RunRequest['ask'][] = []
  terminated = false
  onmessage: ((event: { data: RunAnswer }) => void) | null = null
  onerror: ((event: { message: string }) => void) | null = null

  constructor() {
    FakeWorker.made.push(this)
  }

  postMessage(request: RunRequest): void {
    this.asked.push(request.ask)
  }

  terminate(): void {
    this.terminated = true
  }

  answer(progress: number): void {
    this.onmessage?.({ data: { answer: 'view', view: {}, progress } })
  }
}

let make: () => unknown

const useRun = createUseRun<{ probe: Experiment<{ seed: number }> }>(() => {
  throw new Error('A test makes its workers itself.')
})

const Runner = defineComponent({
  setup() {
    const figure = useFigure('runner', [{ run: atRest, seed: 1 }, { run: { ...atRest, playing: true }, seed: 1 }], { fields: { run: runControl, seed } })
    const run = useRun(figure, 'probe', () => ({ seed: figure.state.value.seed }))
    const control = () => figure.state.value.run
    return () => h('div', [
      h('output', `${run.status.value} ${run.progress.value} ${run.failure.value}`.trim()),
      h('button', { class: 'play', onClick: () => figure.update({ run: { ...control(), playing: !control().playing } }) }),
      h('button', { class: 'step', onClick: () => figure.update({ run: { ...control(), playing: false, steps: control().steps + 1 } }) }),
      h('button', { class: 'reset', onClick: () => figure.update({ run: { playing: false, steps: 0, round: control().round + 1 } }) }),
      h('button', { class: 'seed', onClick: () => figure.update({ seed: 2 }) }),
    ])
  },
})

const Stage = defineComponent({
  setup() {
    provide(workerFactory, () => make() as Worker)
    return () => h(Runner)
  },
})

const only = () => FakeWorker.made[0] as FakeWorker
const last = () => FakeWorker.made.at(-1) as FakeWorker

beforeEach(() => {
  FakeWorker.made = []
  make = () => new FakeWorker()
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

describe('a run', () => {
  it('makes no worker before it is asked to, starts, reports how far it is, and ends', async () => {
    const stage = mountFigure(Stage)
    expect(FakeWorker.made).toHaveLength(0)
    await stage.find('.play').trigger('click')
    expect(only().asked).toEqual(['begin', 'play'])
    only().answer(0.5)
    await nextTick()
    expect(stage.find('output').text()).toBe('running 0.5')
    only().answer(1)
    await nextTick()
    expect(stage.find('output').text()).toBe('done 1')
  })

  it('starts with the click that plans it', async () => {
    const stage = mountFigure(Stage)
    await stage.setClicks(1)
    expect(only().asked).toEqual(['begin', 'play'])
  })

  it('pauses and goes on where it was', async () => {
    const stage = mountFigure(Stage)
    await stage.find('.play').trigger('click')
    only().answer(0.4)
    await stage.find('.play').trigger('click')
    expect(stage.find('output').text()).toBe('paused 0.4')
    await stage.find('.play').trigger('click')
    expect(FakeWorker.made).toHaveLength(1)
    expect(only().asked).toEqual(['begin', 'play', 'pause', 'play'])
  })

  it('steps one slice at a time', async () => {
    const stage = mountFigure(Stage)
    await stage.find('.step').trigger('click')
    await stage.find('.step').trigger('click')
    expect(only().asked).toEqual(['begin', 'step', 'step'])
  })

  it.each(['.reset', '.seed'])('begins anew after %s, and leaves no worker behind', async (button) => {
    const stage = mountFigure(Stage)
    await stage.find('.play').trigger('click')
    only().answer(0.4)
    await stage.find(button).trigger('click')
    expect(only().terminated).toBe(true)
    if (button === '.seed')
      expect(last().asked).toEqual(['begin', 'play'])
    else
      expect(stage.find('output').text()).toBe('rest 0')
  })

  it('hears nothing any more of a worker it has ended, neither a view nor a fault', async () => {
    const stage = mountFigure(Stage)
    await stage.find('.play').trigger('click')
    only().answer(0.4)
    await stage.find('.seed').trigger('click')
    expect(FakeWorker.made).toHaveLength(2)
    // Sent before it was ended, and still on its way.
    only().answer(1)
    only().onerror?.({ message: 'late' })
    await nextTick()
    expect(stage.find('output').text()).toBe('running 0')
    last().answer(0.2)
    await nextTick()
    expect(stage.find('output').text()).toBe('running 0.2')
  })

  it('stops when its slide is left', async () => {
    const stage = mountFigure(Stage)
    await stage.find('.play').trigger('click')
    await stage.leave()
    expect(only().asked.at(-1)).toBe('pause')
  })

  it('ends its worker when the slide goes away', async () => {
    const stage = mountFigure(Stage)
    await stage.find('.play').trigger('click')
    stage.unmount()
    expect(only().terminated).toBe(true)
  })

  it.each([{ renderContext: 'previewNext' as const }, { renderContext: 'overview' as const }, { print: true }])('does not run in %o, whatever is planned', async (where) => {
    const stage = mountFigure(Stage, { ...where, clicks: 1 })
    expect(FakeWorker.made).toHaveLength(0)
    expect(stage.find('output').text()).toBe('rest 0')
  })
})

describe('a worker that lets the speaker down', () => {
  it('by not starting: the figure is still, and says why', async () => {
    make = () => {
      throw new Error('workers are blocked')
    }
    const stage = mountFigure(Stage)
    await stage.find('.play').trigger('click')
    expect(stage.find('output').text()).toBe('failed 0 no worker: workers are blocked')
  })

  it('by breaking down half-way', async () => {
    const stage = mountFigure(Stage)
    await stage.find('.play').trigger('click')
    only().answer(0.4)
    only().onerror?.({ message: 'out of memory' })
    await nextTick()
    expect(stage.find('output').text()).toBe('failed 0 the worker broke down: out of memory')
    expect(only().terminated).toBe(true)
  })

  it('by not answering', async () => {
    const stage = mountFigure(Stage)
    await stage.find('.play').trigger('click')
    vi.advanceTimersByTime(8000)
    await nextTick()
    expect(stage.find('output').text()).toBe('failed 0 the worker did not answer in 8 s')
  })

  it('by falling silent in the middle of a run, but not while it is paused', async () => {
    const stage = mountFigure(Stage)
    await stage.find('.play').trigger('click')
    only().answer(0.4)
    vi.advanceTimersByTime(7900)
    only().answer(0.5)
    vi.advanceTimersByTime(7900)
    await stage.find('.play').trigger('click')
    vi.advanceTimersByTime(60_000)
    await nextTick()
    expect(stage.find('output').text()).toBe('paused 0.5')
    await stage.find('.play').trigger('click')
    vi.advanceTimersByTime(8000)
    await nextTick()
    expect(stage.find('output').text()).toBe('failed 0 the worker did not answer in 8 s')
    expect(only().terminated).toBe(true)
  })
})

it('a run on a machine that slept goes on: its worker slept too', async () => {
  const stage = mountFigure(Stage)
  await stage.find('.play').trigger('click')
  only().answer(0.4)
  // An hour passes while no timer counts; the alarm is overdue when the lid is opened.
  vi.setSystemTime(Date.now() + 3_600_000)
  vi.advanceTimersByTime(8000)
  await nextTick()
  expect(stage.find('output').text()).toBe('running 0.4')
  only().answer(1)
  await nextTick()
  expect(stage.find('output').text()).toBe('done 1')
})
