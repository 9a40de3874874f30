/** The objectives and the map under way: what is shown is what the run has come to, labelled as such, and stills are not touched. */
import type { MountedFigure } from '#live-figures/testing'
import { describe, expect, it } from 'vitest'
import AttentionMap from '../../components/AttentionMap.vue'
import ObjectiveLab from '../../components/ObjectiveLab.vue'
import { attentionMap, objectiveLab } from '../../data/recorded.ts'
import { MAP_EXAMPLES } from '../../lab/attention-map.ts'
import { CHECKPOINT_STEPS, createObjectiveLab, OBJECTIVES, teach } from '../../lab/objective-lab.ts'
import { brokenValues, mountFigure } from '#live-figures/testing'
import { staged, StagedWorker } from '../support/staged-worker.ts'

async function press(figure: MountedFigure, text: string): Promise<void> {
  const button = figure.findAll('button').find(button => button.text().startsWith(text))
  if (!button)
    throw new Error(`No button “${text}” among ${figure.findAll('button').map(button => button.text()).join(', ')}.`)
  await button.trigger('click')
}

const caption = (figure: MountedFigure) => figure.find('figcaption').text()
const drawings = (figure: MountedFigure) => figure.findAll('svg.chart').map(svg => svg.html())

describe('the objectives', () => {
  it('grow with the first seed, and say whose they are', async () => {
    const figure = mountFigure(staged(ObjectiveLab), { clicks: 1 })
    const recorded = drawings(figure)
    await press(figure, 'run')
    // Nothing is measured yet: the record stays.
    expect(drawings(figure)).toEqual(recorded)
    expect(caption(figure)).toContain('Recorded, 20 seeds')

    const widths: number[] = []
    for (let keyframe = 0; keyframe < 3; keyframe++) {
      await StagedWorker.last().keyframes(10)
      expect(caption(figure)).toContain('Live, seed 1')
      expect(brokenValues(figure)).toEqual([])
      widths.push((figure.find('path.reference').attributes('d') ?? '').length)
    }
    expect(widths).toEqual([...widths].sort((a, b) => a - b))
    expect(new Set(widths).size).toBe(3)
  })

  it('show the numbers of the run, not of the record', async () => {
    const figure = mountFigure(staged(ObjectiveLab), { clicks: 3 })
    const variety = () => figure.findAll('.variety .big-number').map(number => number.text())
    const recorded = variety()
    await press(figure, 'run')
    await StagedWorker.last().keyframes(CHECKPOINT_STEPS.length)
    expect(caption(figure)).toContain('Live, 1 of 20 seeds')
    const taught = OBJECTIVES.map(objective => teach(createObjectiveLab(1), objective, [400])[0]!)
    expect(figure.findAll('.result p:first-child .big-number').map(number => number.text())).toEqual(taught.map(({ heldOutRight }) => `${Math.round(heldOutRight * 100)} %`))
    expect(variety()).toEqual(taught.map(({ effectiveRight }) => effectiveRight.toFixed(1)))
    expect(variety()).not.toEqual(recorded)
    expect(figure.find('.lesson').text()).toContain(`${taught[2]!.effectiveRight.toFixed(1)} and ${taught[3]!.effectiveRight.toFixed(1)} right answers in use`)
  })

  it('go back to the record with a reset, with the next click, and when the worker breaks down', async () => {
    const figure = mountFigure(staged(ObjectiveLab))
    const recorded = drawings(figure)
    await press(figure, 'run')
    await StagedWorker.last().keyframes(5)
    expect(drawings(figure)).not.toEqual(recorded)
    await press(figure, 'reset')
    expect(drawings(figure)).toEqual(recorded)

    await press(figure, 'run')
    await StagedWorker.last().keyframes(5)
    StagedWorker.last().onerror?.({ message: 'out of memory' })
    await figure.vm.$nextTick()
    expect(drawings(figure)).toEqual(recorded)
    expect(figure.text()).toContain('shown still: the worker broke down: out of memory')

    await press(figure, 'run')
    await StagedWorker.last().keyframes(5)
    await figure.setClicks(1)
    expect(caption(figure)).toContain('Recorded')
    expect(StagedWorker.made.every(worker => worker.terminated)).toBe(true)
  })

  it('begin another seed from the same button', async () => {
    const figure = mountFigure(staged(ObjectiveLab))
    await press(figure, 'run')
    await press(figure, 'seed 1')
    await StagedWorker.last().keyframes(1)
    expect(caption(figure)).toContain('Live, seed 2')
    expect(StagedWorker.made.map(worker => worker.terminated)).toEqual([true, false])
  })

  it('give way to the flawed reward, whose point the slider moves, and wait meanwhile', async () => {
    const figure = mountFigure(staged(ObjectiveLab), { clicks: 3 })
    await press(figure, 'run')
    const objectives = StagedWorker.last()
    await press(figure, 'a flawed reward')
    expect(objectives.playing).toBe(false)
    expect(figure.text()).toContain('The flaw is constructed')
    expect(figure.find('.big-number').text()).toBe(`${Math.round(Math.max(...objectiveLab.caveat.right.median) * 100)} %`)
    await figure.find('input').setValue(String(objectiveLab.caveat.beta.length - 1))
    expect(figure.find('.big-number').text()).toBe(`${Math.round((objectiveLab.caveat.right.median.at(-1) ?? 0) * 100)} %`)
    expect(brokenValues(figure)).toEqual([])

    await press(figure, 'run')
    await StagedWorker.last().keyframes(3)
    expect(caption(figure)).toContain('Live, seed 1')
    expect(brokenValues(figure)).toEqual([])
    await press(figure, 'a flawed reward')
    expect(objectives.playing).toBe(true)
    expect(figure.findAll('path.reference')).toHaveLength(4)
  })

  it('keep the flawed reward as a line where nothing can be pressed', () => {
    for (const where of [{ print: true }, { renderContext: 'overview' as const }]) {
      const figure = mountFigure(ObjectiveLab, { ...where, clicks: 3 })
      expect(figure.find('.flaw-line').text()).toMatch(/flaw is constructed.*45 % → 92 % → 79 %/)
      expect(figure.find('button').exists()).toBe(false)
    }
    expect(mountFigure(ObjectiveLab, { clicks: 3 }).find('.flaw-line').exists()).toBe(false)
  })
})

describe('the map', () => {
  it('shows 256, then 2,048, then 8,192 examples, and the twist with the last', async () => {
    const figure = mountFigure(AttentionMap)
    const seen: string[] = []
    for (const click of [0, 1, 2]) {
      await figure.setClicks(click)
      seen.push(figure.text().match(/(256|2,048|8,192)\s*examples/)?.[1] ?? '')
      expect(figure.find('.lesson').text().includes('not constraints')).toBe(click === 2)
    }
    expect(seen).toEqual(['256', '2,048', '8,192'])
    // At the last click the wrong half alone makes room for what was published.
    expect(figure.findAll('.heat-map')).toHaveLength(4)
    expect(figure.text()).toContain('Brehmer et al. 2024')
    expect(figure.text()).toContain('free passes local and shared at 1,752 examples')
  })

  it('speaks of right and wrong constraints, and of no Transformer', async () => {
    const figure = mountFigure(AttentionMap)
    for (const click of [0, 1, 2]) {
      await figure.setClicks(click)
      expect(figure.text()).toContain('“local” is wrong here, “shared” is right')
      expect(figure.text()).not.toMatch(/attention|softmax|transformer/i)
    }
  })

  it('says that the true symmetry is best from where the record has it so', () => {
    const from = attentionMap.examples.find((_, i) => attentionMap.examples.every((_, j) =>
      j < i || attentionMap.constraints.every(({ constraint, median }) => constraint === 'shared' || median[j]! > attentionMap.constraints.find(each => each.constraint === 'shared')!.median[j]!)))
    expect(mountFigure(AttentionMap, { clicks: 2 }).find('.lesson').text()).toContain(`best from ${from} examples on`)
  })

  it('does not call a constraint worth its price where it is not', async () => {
    const figure = mountFigure(AttentionMap)
    expect(figure.find('.lesson').text()).toContain('the constraint pays')
    await figure.find('input').setValue('6')
    expect(figure.find('.lesson').text()).toContain('the constraint costs')
  })

  it('sharpens with the examples of a run, up to where the slider stands', async () => {
    const figure = mountFigure(staged(AttentionMap), { clicks: 1 })
    await press(figure, 'run')
    const seen: string[] = []
    for (let keyframe = 0; keyframe < 5; keyframe++) {
      await StagedWorker.last().keyframes(2)
      seen.push(figure.find('.big-number').text())
      expect(brokenValues(figure)).toEqual([])
    }
    expect(seen).toEqual(['128', '256', '512', '1,024', '2,048'])
    expect(caption(figure)).toContain('Live, seed 1')
    await StagedWorker.last().keyframes(MAP_EXAMPLES.length - 10)
    expect(figure.find('.big-number').text()).toBe('2,048')
    expect(caption(figure)).toContain('Live, 1 of 10 seeds')
  })

  it('puts no name of a curve on another, at any moment of a run', async () => {
    const figure = mountFigure(staged(AttentionMap), { clicks: 2 })
    await press(figure, 'run')
    for (let keyframe = 0; keyframe < MAP_EXAMPLES.length; keyframe++) {
      await StagedWorker.last().keyframes(1)
      const heights = figure.findAll('.chart-label').map(label => Number(label.attributes('y'))).sort((a, b) => a - b)
      expect(heights).toHaveLength(4)
      heights.forEach((y, i) => expect(y - (heights[i - 1] ?? -Infinity)).toBeGreaterThanOrEqual(17))
    }
  })
})
