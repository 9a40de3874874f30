/** The five Transformers: what each click shows, what a run adds to it, and what one looks at. */
import type { MountedFigure } from '#live-figures/testing'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import TransformerLadder from '../../components/TransformerLadder.vue'
import VariedWork from '../../components/VariedWork.vue'
import { priceLine, stepLine, variedPrice, widthLine } from '../../components/ladder/words.ts'
import { rungsRecord } from '../../data/recorded.ts'
import { runToEnd } from '../support/run-to-end.ts'
import { rungRun } from '../../lab/experiments/rung-run.ts'
import { partOf } from '../../lab/transformer/findings.ts'
import { brokenValues, mountFigure } from '#live-figures/testing'
import { staged, StagedWorker } from '../support/staged-worker.ts'

const withCores = (count: number) => vi.spyOn(navigator, 'hardwareConcurrency', 'get').mockReturnValue(count)
beforeEach(() => {
  withCores(2)
})

const buttons = (figure: MountedFigure) => figure.findAll('button').map(button => button.text())
async function press(figure: MountedFigure, text: string): Promise<void> {
  const button = figure.findAll('button').find(button => button.text() === text || button.attributes('aria-label') === text)
  if (!button)
    throw new Error(`No button “${text}” among ${buttons(figure).join(', ')}.`)
  await button.trigger('click')
}

const caption = (figure: MountedFigure) => figure.find('figcaption').text()
const lesson = (figure: MountedFigure) => figure.find('.lesson').text()
const medians = (figure: MountedFigure) => figure.findAll('path.median').map(path => path.attributes('d') ?? '')
const liveCurves = (figure: MountedFigure) => figure.findAll('path.live').map(path => path.attributes('d') ?? '')

describe('the record', () => {
  it('shows all five on single questions, then in a chat, then the two ends alone', async () => {
    const figure = mountFigure(TransformerLadder)
    const shown: string[] = []
    for (const click of [0, 1, 2]) {
      await figure.setClicks(click)
      shown.push(`${medians(figure).length} ${figure.find('.axis-bottom .axis-label').text()} ${figure.find('.rung[aria-pressed=true]').text()}`)
    }
    expect(shown).toEqual(['5 training compute, counted, GFLOP Aencoder–decoder', '5 training compute, counted, GFLOP Ecausal', '2 training compute, counted, GFLOP Aencoder–decoder'])
    expect(caption(figure)).toMatch(/A chat of 6 turns.*Two Transformers.*Recorded, 8 seeds/)
  })

  it('draws every seed of every curve', () => {
    const figure = mountFigure(TransformerLadder)
    for (const path of figure.findAll('path.seeds'))
      expect(path.attributes('d')!.match(/M/g)).toHaveLength(rungsRecord.seeds)
  })

  it('says of the chat what the record does, and of the widths when one is chosen', async () => {
    const figure = mountFigure(TransformerLadder, { clicks: 1 })
    expect(lesson(figure)).toBe(priceLine(partOf(rungsRecord, 'chat', 32)))
    await figure.setClicks(2)
    expect(lesson(figure)).toBe(stepLine(partOf(rungsRecord, 'chat', 32)))
    await press(figure, 'count examples')
    expect(lesson(figure)).toContain('we claim no order')
    expect(figure.find('.axis-bottom .axis-label').text()).toBe('dialogues seen in training')
    await figure.setClicks(0)
    await press(figure, 'Width: the next')
    expect(lesson(figure)).toBe(widthLine(rungsRecord))
    expect(caption(figure)).toContain('width 64')
  })

  it('has none of a chat of another length, and says so', async () => {
    const figure = mountFigure(TransformerLadder, { clicks: 1 })
    await press(figure, 'Turns of the chat: the next')
    expect(medians(figure).join('')).toBe('')
    expect(caption(figure)).toMatch(/A chat of 8 turns.*Not recorded/)
    expect(lesson(figure)).toBe('A chat of 8 turns is not recorded: run it here. One seed shows no order.')
    expect(brokenValues(figure)).toEqual([])
  })

  it('is on paper both kinds of work side by side', () => {
    const figure = mountFigure(TransformerLadder, { print: true })
    expect(figure.findAll('svg.chart')).toHaveLength(2)
    expect(medians(figure)).toHaveLength(10)
    expect(figure.text()).toContain('one question, one answer')
    expect(figure.text()).toContain('D layer by layer')
  })
})

describe('a rung', () => {
  it('shows its drawing, its mask and what it weighs', async () => {
    const figure = mountFigure(TransformerLadder)
    const looks = () => figure.findAll('.attention-mask .look').filter(cell => cell.attributes('style')?.includes('opacity: 1')).length
    expect(figure.find('.stack-diagram').classes()).not.toContain('fused')
    expect(figure.find('.counts').text()).toContain('63,872 weights')
    const structured = looks()
    await press(figure, 'Ecausal')
    expect(figure.find('.stack-diagram').classes()).toContain('fused')
    expect(figure.find('.counts').text()).toContain('30,880 weights')
    expect(looks()).toBeLessThan(structured)
    expect(figure.findAll('.rung[aria-pressed=true]')).toHaveLength(1)
  })
})

describe('a run', () => {
  it('grows its own curves over the recorded ones, and shows the numbers of the run', async () => {
    const figure = mountFigure(staged(TransformerLadder))
    const recorded = medians(figure)
    await press(figure, 'only A, E')
    await press(figure, 'run')
    const lengths: number[] = []
    for (let keyframe = 0; keyframe < 3; keyframe++) {
      await StagedWorker.last().keyframes(1)
      lengths.push(liveCurves(figure).join('').length)
      expect(brokenValues(figure)).toEqual([])
    }
    expect(caption(figure)).toContain('Live, seed 1, over 8 recorded')
    expect(lengths).toEqual([...lengths].sort((a, b) => a - b))
    expect(new Set(lengths).size).toBe(3)
    expect(medians(figure)).toEqual([recorded[0], recorded[4]])
    const { courses } = runToEnd(rungRun, { task: 'question', rungs: ['A', 'E'], seed: 1, steps: 10 })
    const place = ({ flop, exactMatch }: { flop: number, exactMatch: number }) => [52 + flop / end * 430, 206 - exactMatch * 178].map(Math.round)
    const end = 400 * Math.max(...courses.map(({ stepFlop }) => stepFlop))
    expect(figure.findAll('.tip').map(tip => ['cx', 'cy'].map(name => Math.round(Number(tip.attributes(name)))))).toEqual(courses.map(({ points }) => place(points.at(-1)!)))

    await press(figure, 'reset')
    expect(liveCurves(figure).join('')).toBe('')
    expect(caption(figure)).toContain('Recorded, 8 seeds')
  }, 60_000)

  it('shows a head over the dialogue once there is something trained, and another at a press', async () => {
    const figure = mountFigure(staged(TransformerLadder), { clicks: 2 })
    for (let turns = 6; turns > 2; turns -= 2)
      await press(figure, 'Turns of the chat: the one before')
    await press(figure, 'attention')
    expect(figure.text()).toContain('Nothing is trained yet')
    await press(figure, 'run')
    await StagedWorker.last().keyframes(1)
    expect(figure.find('.heat-map').exists()).toBe(true)
    expect(figure.text()).toMatch(/A says/)
    expect(figure.findAll('.over circle').length).toBeGreaterThan(0)
    const map = figure.find('.heat-map').html()
    await press(figure, 'Head: the next')
    expect(figure.find('.heat-map').html()).not.toBe(map)
    expect(figure.findAll('.over circle')).toHaveLength(0)
    await press(figure, 'Bone attention for both roles')
    expect(figure.text()).toContain('B is not in this run.')
    expect(brokenValues(figure)).toEqual([])
  }, 60_000)

  it('is split over two workers where there are cores for them, and stops both when one breaks down', async () => {
    withCores(4)
    const figure = mountFigure(staged(TransformerLadder), { clicks: 2 })
    for (let turns = 6; turns > 2; turns -= 2)
      await press(figure, 'Turns of the chat: the one before')
    await press(figure, 'run')
    expect(StagedWorker.made.map(({ playing }) => playing)).toEqual([true, true])
    const [first, second] = StagedWorker.made
    await first!.keyframes(1)
    await second!.keyframes(2)
    expect(figure.findAll('.tip')).toHaveLength(2)
    expect(liveCurves(figure).map(path => path.match(/[ML]/g)?.length)).toEqual([1, 2])

    second!.onerror?.({ message: 'out of memory' })
    await figure.vm.$nextTick()
    expect(first!.playing).toBe(false)
    expect(figure.text()).toContain('shown still: the worker broke down: out of memory')
    await press(figure, 'run')
    expect(StagedWorker.made.slice(2).map(({ playing }) => playing)).toEqual([true, true])
    expect(StagedWorker.made.slice(0, 2).every(({ terminated }) => terminated)).toBe(true)
  }, 60_000)

  it('waits when its slide is left', async () => {
    const figure = mountFigure(staged(TransformerLadder))
    await press(figure, 'run')
    expect(StagedWorker.last().playing).toBe(true)
    await figure.leave()
    expect(StagedWorker.last().playing).toBe(false)
    expect(StagedWorker.last().terminated).toBe(false)
  })
})

describe('varied work', () => {
  it('shows one question first, and with the click the chat, where the other side pays', async () => {
    const figure = mountFigure(VariedWork)
    expect(figure.findAll('.panel .comes.shown')).toHaveLength(1)
    await figure.setClicks(1)
    expect(figure.findAll('.panel .comes.shown')).toHaveLength(2)
    const prices = (['question', 'chat'] as const).map(task => variedPrice(partOf(rungsRecord, task, 32)))
    expect(prices.map(({ tone }) => tone)).toEqual(['general', 'structure'])
    expect(figure.findAll('.big-number').map(number => `${number.text()} ${number.classes().at(-1)}`)).toEqual(prices.map(({ ratio, tone }) => `${ratio} ${tone}`))
    for (const path of figure.findAll('path.seeds'))
      expect(path.attributes('d')!.match(/M/g)).toHaveLength(rungsRecord.seeds)
  })
})
