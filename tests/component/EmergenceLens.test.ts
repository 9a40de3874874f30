import { describe, expect, it } from 'vitest'
import EmergenceLens from '../../components/EmergenceLens.vue'
import { arithmeticModels } from '../../data/emergence-arithmetic.ts'
import { brokenValues, mountFigure } from '../support/slidev.ts'

async function setLength(figure: ReturnType<typeof mountFigure>, tokens: number): Promise<void> {
  await figure.get('input[type=range]').setValue(String(tokens))
}

describe('EmergenceLens', () => {
  it('begins with every measured model, and says that compute is not the only axis', () => {
    const figure = mountFigure(EmergenceLens)
    expect(figure.findAll('circle.model')).toHaveLength(arithmeticModels.length)
    expect(figure.text()).toContain('73 public models')
    for (const words of ['Compute is not the only axis', 'OPT-66B', '0.081', '7.1 × 10²² FLOP', 'Qwen1.5-1.8B', '0.640', '2.6 × 10²² FLOP'])
      expect(figure.text()).toContain(words)
  })

  it('shows the model at the click: three curves with climbs of equal width, shifted and not steeper', async () => {
    const figure = mountFigure(EmergenceLens)
    await figure.setClicks(1)
    const bars = figure.findAll('line.bar').map(bar => Number(bar.attributes('x2')) - Number(bar.attributes('x1')))
    expect(bars).toHaveLength(3)
    for (const width of bars)
      expect(width).toBeCloseTo(bars[0]!, 6)
    expect(figure.text()).toContain('3.7 decades')
    expect(figure.text()).toContain('takes 3.8 decades, for each')
    expect(figure.text()).toContain('Not steeper')
  })

  it('calls the model a model and its α illustrative', () => {
    const figure = mountFigure(EmergenceLens, { clicks: 1 })
    expect(figure.get('figcaption').text()).toMatch(/A model, not a fit.*α = 0\.35 is illustrative/)
  })

  it('keeps every measured model beside the model', () => {
    expect(mountFigure(EmergenceLens, { clicks: 1 }).findAll('circle.model')).toHaveLength(arithmeticModels.length)
  })

  it('answers to the length of the answer until the click turns it away', async () => {
    const figure = mountFigure(EmergenceLens, { clicks: 1 })
    await setLength(figure, 5)
    expect(figure.get('p.visually-hidden').text()).toContain('exact match over 5 tokens')
    expect(figure.text()).toContain('2.0 decades')
    await figure.setClicks(0)
    expect(figure.get('p.visually-hidden').text()).not.toContain('5 tokens')
    expect(figure.find('input').exists()).toBe(false)
  })

  it('has no shift to draw for one token', async () => {
    const figure = mountFigure(EmergenceLens, { clicks: 1 })
    await setLength(figure, 1)
    expect(figure.find('.arrow').exists()).toBe(false)
    expect(figure.text()).toContain('1 token')
    expect(brokenValues(figure)).toEqual([])
  })

  it('does not answer when it is a preview', async () => {
    const figure = mountFigure(EmergenceLens, { clicks: 1, renderContext: 'previewNext' })
    const before = figure.get('p.visually-hidden').text()
    await setLength(figure, 3)
    expect(figure.get('p.visually-hidden').text()).toBe(before)
  })

  it('has no control in print and says the parameters in words', () => {
    const figure = mountFigure(EmergenceLens, { clicks: 99, print: true })
    expect(figure.find('input').exists()).toBe(false)
    expect(figure.text()).toContain('answer of 20 tokens; α = 0.35')
    expect(figure.find('.animated').exists()).toBe(false)
  })

  it('does not move when motion is not welcome', () => {
    expect(mountFigure(EmergenceLens, { reducedMotion: true }).find('.animated').exists()).toBe(false)
    expect(mountFigure(EmergenceLens).find('.animated').exists()).toBe(true)
  })

  it('has no broken value at any step', () => {
    for (const clicks of [0, 1])
      expect(brokenValues(mountFigure(EmergenceLens, { clicks }))).toEqual([])
  })
})
