/** The structure race under way: what a live run turns the recorded picture into, and where there is none. */
import type { RunAnswer, RunRequest } from '#live-figures/worker'
import type { RaceView } from '../../lab/experiments/race-run.ts'
import { beforeEach, describe, expect, it } from 'vitest'
import { defineComponent, h, nextTick, provide } from 'vue'
import StructureRace from '../../components/StructureRace.vue'
import { workerFactory } from '#live-figures'
import { structureRace } from '../../data/recorded.ts'
import { runToEnd } from '../support/run-to-end.ts'
import { raceRun, type RaceInput } from '../../lab/experiments/race-run.ts'
import { crossing } from '../../lab/race/compare.ts'
import { raceAxes } from '../../lab/structure-race.ts'
import { brokenValues, mountFigure } from '#live-figures/testing'
import { type MountedFigure, type MountOptions } from '#live-figures/testing'

/** A worker in the same thread: a test answers for it. */
class FakeWorker {
  static made: FakeWorker[] = []
  asked: RunRequest[] = []
  terminated = false
  onmessage: ((event: { data: RunAnswer }) => void) | null = null
  onerror: ((event: { message: string }) => void) | null = null

  constructor() {
    FakeWorker.made.push(this)
  }

  postMessage(request: RunRequest): void {
    this.asked.push(request)
  }

  terminate(): void {
    this.terminated = true
  }

  async show(view: RaceView, progress: number): Promise<void> {
    this.onmessage?.({ data: { answer: 'view', view: structuredClone(view), progress } })
    await nextTick()
  }
}

const Stage = defineComponent({
  setup(_, { attrs }) {
    provide(workerFactory, () => new FakeWorker() as unknown as Worker)
    return () => h(StructureRace, attrs as { preset: 'friedman1' })
  },
})

const friedman = { preset: 'friedman1' }
const record = structureRace.presets.friedman1
const input: RaceInput = { preset: 'friedman1', seeds: 3, firstSeed: 1, learners: ['linear', 'quadratic', 'MLP-128'], engine: 'wasm' }

/** The view when the first seed is under way, and the one at the end. */
let growing: RaceView
let ended: RaceView

function views(): void {
  let state = raceRun.begin(input)
  for (let slice = 0; slice < 40; slice++)
    state = raceRun.advance(state)
  growing = raceRun.view(state)
  ended = runToEnd(raceRun, input)
}

views()

const button = (figure: MountedFigure, label: string) => figure.findAll('button').find(button => button.text() === label)!
const worker = () => FakeWorker.made.at(-1)!
const medians = (figure: MountedFigure) => figure.findAll('.line.median').map(path => path.attributes('d'))

async function start(options: MountOptions = {}): Promise<MountedFigure> {
  const figure = mountFigure(Stage, { clicks: 2, ...options, props: { ...friedman, ...options.props } })
  await button(figure, 'run').trigger('click')
  return figure
}

beforeEach(() => {
  FakeWorker.made = []
})

describe('the race at rest', () => {
  it('shows the record, makes no worker, and asks for as many seeds as were recorded when it is run', async () => {
    const figure = mountFigure(Stage, { props: friedman, clicks: 2 })
    expect(FakeWorker.made).toHaveLength(0)
    expect(figure.find('figcaption').text()).toContain('Recorded, 40 seeds')
    expect(figure.find('.ghost').exists()).toBe(false)
    await button(figure, 'run').trigger('click')
    expect(worker().asked[0]).toEqual({ ask: 'begin', name: 'structure-race', input: { ...input, seeds: 40 } })
  })

  it('changes between examples and FLOPs, with the crossing of that axis', async () => {
    const figure = mountFigure(Stage, { props: friedman, clicks: 2 })
    const crossed = record.crossings.find(({ to }) => to === 'MLP-128')!
    expect(figure.find('.big-number').text()).toBe(`${(crossed.flop.p50! / 1e6).toFixed(0)} MFLOP`)
    await button(figure, 'count examples').trigger('click')
    expect(figure.find('.big-number').text()).toBe(crossed.examples.p50?.toLocaleString('en'))
    expect(figure.find('.axis-bottom .axis-label').text()).toBe('training examples seen')
    expect(figure.text()).toContain(`${record.relay.examples.holds} of 40`)
    expect(brokenValues(figure)).toEqual([])
    await button(figure, 'count FLOP').trigger('click')
    expect(figure.find('.axis-bottom .axis-label').text()).toContain('FLOP')
  })

  it.each([{ renderContext: 'previewNext' as const }, { renderContext: 'overview' as const }, { print: true }])('has no controls in %o, and its number is labelled as recorded', (where) => {
    const figure = mountFigure(Stage, { props: friedman, clicks: 2, ...where })
    expect(figure.find('button, input').exists()).toBe(false)
    expect(figure.find('figcaption').text()).toContain('Recorded, 40 seeds')
    expect(FakeWorker.made).toHaveLength(0)
  })
})

describe('the race under way', () => {
  it('draws its first seed over the recorded medians, which grow thin, and says which seed it is', async () => {
    const figure = mountFigure(Stage, { props: friedman, clicks: 2 })
    const before = medians(figure)
    await button(figure, 'run').trigger('click')
    await worker().show(growing, 0.01)
    expect(figure.find('figcaption').text()).toMatch(/Live, seed 1\.$/)
    expect(figure.findAll('.ghost').map(path => path.attributes('d'))).toEqual(before)
    expect(medians(figure)).not.toEqual(before)
    expect(figure.findAll('.tip')).toHaveLength(3)
    expect(figure.find('.legend').text()).toBe('recorded')
    // What is not yet known of the live run is still the record's, and says so.
    expect(figure.find('.note').text()).toContain('recorded; 10–90 %: ')
    expect(figure.text()).toContain('40 of 40 recorded')
    expect(brokenValues(figure)).toEqual([])
  })

  it('then draws medians of the finished seeds, with their crossing and its spread', async () => {
    const figure = await start()
    await worker().show(ended, 1)
    expect(figure.find('figcaption').text()).toContain('Live, seeds 1 to 3: median and 10–90 % band.')
    const perSeed = ended.finished.map((run) => {
      const of = (name: string) => run.find(curves => curves.name === name)!.flop
      return crossing(raceAxes().flop, of('quadratic'), of('MLP-128'))!
    }).sort((a, b) => a - b)
    expect(figure.find('.big-number').text()).toBe(`${(perSeed[1]! / 1e6).toFixed(0)} MFLOP`)
    expect(figure.find('.note').text()).toContain('3 live seeds; 10–90 %')
    expect(figure.text()).toContain('3 of 3 live')
    expect(figure.findAll('.tip')).toHaveLength(0)
    expect(Number(figure.find('.spread').attributes('width'))).toBeGreaterThan(0)
    expect(brokenValues(figure)).toEqual([])
  })

  it('counts the seeds on the way', async () => {
    const figure = await start()
    await worker().show({ ...ended, current: growing.current, seeds: 40 }, 3 / 40)
    expect(figure.find('figcaption').text()).toContain('Live, 3 of 40 seeds')
  })

  it('keeps its names where they were: nothing written moves while curves grow', async () => {
    const figure = mountFigure(Stage, { props: friedman, clicks: 2 })
    const places = () => figure.findAll('.chart-label.strong').map(label => [label.text(), label.attributes('x'), label.attributes('y')])
    const before = places()
    await button(figure, 'run').trigger('click')
    for (const view of [growing, ended]) {
      await worker().show(view, 0.5)
      expect(places()).toEqual(before)
    }
  })

  it('draws single seeds on demand', async () => {
    const figure = await start()
    await worker().show({ ...ended, current: growing.current }, 0.5)
    expect(figure.findAll('.hair')).toHaveLength(0)
    await button(figure, 'single seeds').trigger('click')
    const hairs = figure.findAll('.hair').map(path => path.attributes('d') ?? '')
    // One path a learner holds every finished seed; one more a learner is the seed under way.
    expect(hairs.map(d => d.match(/M/g)?.length).sort()).toEqual([1, 1, 1, 3, 3, 3])
  })

  it('changes axes without beginning anew', async () => {
    const figure = await start()
    await worker().show(ended, 0.5)
    await button(figure, 'count examples').trigger('click')
    expect(FakeWorker.made).toHaveLength(1)
    expect(worker().terminated).toBe(false)
    expect(figure.find('.note').text()).toContain('live seeds')
    expect(brokenValues(figure)).toEqual([])
  })

  it('goes back to the record with a reset, and to another seed with a new worker', async () => {
    const figure = await start()
    await worker().show(ended, 0.5)
    await button(figure, 'seed 1').trigger('click')
    expect(FakeWorker.made.map(({ terminated }) => terminated)).toEqual([true, false])
    expect(worker().asked[0]).toMatchObject({ input: { firstSeed: 2 } })
    await button(figure, 'reset').trigger('click')
    expect(worker().terminated).toBe(true)
    expect(figure.find('figcaption').text()).toContain('Recorded, 40 seeds')
    expect(figure.find('.ghost').exists()).toBe(false)
  })

  it('says so when no seed crosses, instead of naming a place', async () => {
    const figure = await start()
    const summary = { ...ended.summary!, crossings: ended.summary!.crossings.map(pair => ({ ...pair, flop: { p10: null, p50: null, p90: null, crossed: 0, seeds: 3 } })) }
    await worker().show({ ...ended, summary }, 0.5)
    expect(figure.find('.big-number').exists()).toBe(false)
    expect(figure.find('.spread').exists()).toBe(false)
    expect(figure.text()).toContain('In 3 live seeds the lead has not changed hands.')
  })

  it('falls back to the record when the worker fails, and says so', async () => {
    const figure = await start()
    await worker().show(ended, 0.5)
    worker().onerror?.({ message: 'out of memory' })
    await nextTick()
    expect(figure.find('figcaption').text()).toContain('Recorded, 40 seeds')
    expect(figure.find('[role=status]').text()).toContain('out of memory')
  })

  it('shows no live result in a preview beside it', async () => {
    const figure = await start()
    await worker().show(ended, 0.5)
    const preview = mountFigure(Stage, { props: friedman, clicks: 2, renderContext: 'previewNext', keepShared: true })
    expect(preview.find('.ghost').exists()).toBe(false)
    expect(preview.find('figcaption').text()).toContain('Recorded')
    expect(figure.find('.ghost').exists()).toBe(true)
  })

  it('runs where less motion is wanted, since it was asked for, and moves nothing else', async () => {
    const figure = await start({ reducedMotion: true })
    await worker().show(growing, 0.1)
    expect(figure.find('.animated').exists()).toBe(false)
    expect(figure.findAll('.ghost')).toHaveLength(3)
  })
})

describe('the line where we are', () => {
  /** happy-dom lays nothing out: the drawing is taken to be twice its size on screen, 100 px from the left. */
  function place(figure: MountedFigure): void {
    const svg = figure.find('svg').element
    svg.getBoundingClientRect = () => ({ left: 100, width: 1280 }) as DOMRect
    const grip = figure.find('.grip').element
    grip.setPointerCapture = () => {}
  }

  it('is dragged in the plot, no further than the slider goes', async () => {
    const figure = mountFigure(Stage, { props: friedman, clicks: 3 })
    place(figure)
    const grip = figure.find('.grip')
    expect(figure.find('.big-number').text()).toBe('quadratic')
    await grip.trigger('pointermove', { clientX: 1300 })
    expect(figure.find('.big-number').text()).toBe('quadratic')
    await grip.trigger('pointerdown', { button: 0, pointerId: 1, clientX: 200 })
    await grip.trigger('pointermove', { clientX: 100 + 2 * 70 })
    expect(figure.find('.big-number').text()).toBe('linear')
    await grip.trigger('pointermove', { clientX: 5000 })
    expect(figure.find('.big-number').text()).toBe('MLP 128 hidden units')
    const slider = figure.find<HTMLInputElement>('input')
    expect(slider.element.value).toBe(slider.attributes('max'))
    await grip.trigger('lostpointercapture')
    await grip.trigger('pointermove', { clientX: 100 })
    expect(figure.find('.big-number').text()).toBe('MLP 128 hidden units')
  })

  it('names the best by the live medians once there are any', async () => {
    const figure = mountFigure(Stage, { props: friedman, clicks: 3 })
    expect(figure.find('.big-number').text()).toBe('quadratic')
    await button(figure, 'run').trigger('click')
    // The same seeds with the names of two learners exchanged: the lead must follow.
    const swap = (name: string) => name === 'quadratic' ? 'linear' : name === 'linear' ? 'quadratic' : name
    const learners = ended.summary!.learners.map(learner => ({ ...learner, name: swap(learner.name) as typeof learner.name }))
    await worker().show({ ...ended, summary: { ...ended.summary!, learners } }, 1)
    expect(figure.find('.big-number').text()).toBe('linear')
    expect(brokenValues(figure)).toEqual([])
  })
})
