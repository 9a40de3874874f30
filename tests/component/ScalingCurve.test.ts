/** The live scaling curve: refits as the slider moves, reveals what was measured, says plainly when it cannot fit. */
import { describe, expect, it } from 'vitest'
import BudgetSplit from '../../components/BudgetSplit.vue'
import ScalingCurve from '../../components/ScalingCurve.vue'
import { stretchesWithin } from '../../components/scaling/fits.ts'
import { biggestRun, cleanRuns } from '../../data/scaling-testbed.ts'
import { fewestRuns, fitLaw, predict } from '../../lab/scaling-law.ts'
import { brokenValues, mountFigure } from '#live-figures/testing'

const slide = async (wrapper: ReturnType<typeof mountFigure>, value: number) => wrapper.find('input[type=range]').setValue(String(value))
const numbers = (wrapper: ReturnType<typeof mountFigure>) => wrapper.findAll('.big-number').map(number => number.text())

describe('the scaling curve', () => {
  it('tells its story click by click: a wild guess, the miss, a smaller miss, a good guess, and what others reached', async () => {
    const figure = mountFigure(ScalingCurve)
    expect(numbers(figure)).toEqual(['3.22', '?'])
    await figure.setClicks(1)
    expect(numbers(figure)).toEqual(['3.22', '2.38'])
    expect(figure.text()).toContain('+35.2 %')
    await figure.setClicks(2)
    expect(figure.text()).toContain('+20.3 %')
    await figure.setClicks(3)
    expect(numbers(figure)).toEqual(['2.31', '2.38'])
    expect(figure.text()).toContain('−3.0 %')
    expect(figure.find('.gadre').exists()).toBe(false)
    await figure.setClicks(4)
    expect(figure.text()).toContain('Gadre et al.: 300× less, off by 4.3 %')
    expect(figure.text()).toContain('GPT-4: from 10,000× less')
    expect(figure.findAll('circle.ringed')).toHaveLength(5)
    expect(figure.find('.verdict').text()).toContain('How far one sees depends on which runs one has made for it')
    expect(brokenValues(figure)).toEqual([])
  })

  const stair = (figure: ReturnType<typeof mountFigure>) => figure.find('path.stair').attributes('d') ?? ''
  const ends = (path: string) => {
    const across = [...path.matchAll(/[MLH]([\d.]+)/g)].map(([, at]) => Number(at))
    return [Math.min(...across), Math.max(...across)] as const
  }

  it('draws the error where the horizon has been, and nowhere before the measurement is out', async () => {
    const figure = mountFigure(ScalingCurve)
    await slide(figure, 19)
    expect(stair(figure)).toBe('')
    await figure.find('button').trigger('click')
    const [left, right] = ends(stair(figure))
    await slide(figure, 20)
    expect(ends(stair(figure))[0]).toBe(left)
    expect(ends(stair(figure))[1]).toBeGreaterThan(right)
    const visited = stair(figure)
    await slide(figure, 18.5)
    expect(stair(figure)).toBe(visited)
    await figure.setClicks(1)
    await figure.setClicks(0)
    expect(stair(figure)).toBe('')
  })

  it('has the luck in the curve: an error that changes its sign twice between 10¹⁸ and 10¹⁹', () => {
    const errors = stretchesWithin(1e18, 1e19).map(({ error }) => error)
    expect(errors[0]).toBeGreaterThan(0.3)
    expect(errors.at(-1)).toBeGreaterThan(0.19)
    expect(errors.some(error => error < -0.1)).toBe(true)
    expect(errors.some(error => Math.abs(error) < 0.07)).toBe(true)
  })

  it('covers every horizon that leaves enough to fit, each with the error of its own fit', () => {
    const whole = stretchesWithin(1e16, 1e22)
    whole.forEach(({ from, to, runs, error }, i) => {
      expect(to).toBe(whole[i + 1]?.from ?? biggestRun.trainFlop)
      expect(runs).toBe(cleanRuns.filter(run => run.trainFlop <= from).length)
      expect(error).toBeCloseTo(predict(fitLaw(cleanRuns.filter(run => run.trainFlop <= from)), biggestRun).loss / biggestRun.loss - 1, 12)
    })
    expect(whole[0]!.runs).toBeGreaterThanOrEqual(fewestRuns.own)
    expect(stretchesWithin(1.0e18, 1.2e18).map(({ from, to }) => [from, to])).toEqual([[1.0e18, 1.2e18]])
  })

  it('refits at every move of the slider', async () => {
    const figure = mountFigure(ScalingCurve, { clicks: 3 })
    await slide(figure, 19)
    expect(figure.text()).toContain('+20.3 %')
    await slide(figure, 20)
    expect(figure.text()).toContain('−6.9 %')
  })

  it('calls a good guess among bad ones what it is, luck, and never names orders of magnitude', async () => {
    const figure = mountFigure(ScalingCurve, { clicks: 3 })
    for (const horizon of [17.9, 18.2, 18.5, 18.8, 19, 19.05, 19.3, 19.8, 20.5, 21, 21.7]) {
      await slide(figure, horizon)
      expect(figure.find('.reading').text(), String(horizon)).not.toMatch(/orders? of magnitude/)
    }
    await slide(figure, 18.5)
    expect(figure.find('.verdict').text()).toBe('Near by luck: a little earlier or later the same law misses by +35 %.')
    await slide(figure, 18)
    expect(figure.find('.verdict').text()).toBe('12 runs of 3 sizes do not fix the law, and the band does not warn you.')
    await slide(figure, 20)
    expect(figure.find('.verdict').text()).toBe('Near, and so at every horizon past 10¹⁹: 26 runs of 4 sizes hold the law.')
  })

  it('draws the prediction of every model above the line, open, and of none below', async () => {
    const figure = mountFigure(ScalingCurve)
    expect(figure.findAll('circle.predicted')).toHaveLength(17)
    expect(figure.findAll('circle.measured.hidden')).toHaveLength(17)
    await slide(figure, 21)
    expect(figure.findAll('circle.predicted')).toHaveLength(1)
    expect(figure.findAll('circle.left-out')).toHaveLength(5)
  })

  it('says what is missing instead of drawing a wild curve', async () => {
    const figure = mountFigure(ScalingCurve)
    await slide(figure, 17)
    expect(figure.text()).toContain('Too little seen to fit the law: 5 runs of 1 model size.')
    expect(figure.findAll('path.law')).toHaveLength(0)
    expect(numbers(figure)).toEqual([])
    await slide(figure, 22)
    expect(figure.text()).toContain('nothing is left to predict')
    expect(brokenValues(figure)).toEqual([])
  })

  it('reveals and hides by its button', async () => {
    const figure = mountFigure(ScalingCurve)
    await figure.find('button').trigger('click')
    expect(numbers(figure)).toEqual(['3.22', '2.38'])
    expect(figure.find('button').attributes('aria-pressed')).toBe('true')
  })

  it('says in words what it shows, for those who do not see it', async () => {
    const figure = mountFigure(ScalingCurve, { clicks: 3 })
    expect(figure.find('[data-summary]').text()).toBe('Training compute seen: up to 10²¹ FLOP, 28 runs. The law fitted to them predicts a loss of 2.31 for the 6.9B model, band 2.21 to 2.42. Measured: 2.38, an error of −3.0 %. Near, and so at every horizon past 10¹⁹: 28 runs of 5 sizes hold the law.')
    expect(figure.find('input[type=range]').attributes('aria-valuetext')).toBe('10²¹ FLOP')
  })

  it('prints two horizons, the whole curve of the error and what others reached, and no controls', () => {
    const figure = mountFigure(ScalingCurve, { print: true, clicks: 999_999 })
    expect(figure.findAll('.horizons .axis-left .axis-label').map(title => title.text())).toEqual([
      'seen to 10¹⁸: 12 runs, 6.9B predicted 3.22, measured 2.38',
      'seen to 10²¹: 28 runs, 6.9B predicted 2.31, measured 2.38',
    ])
    expect(figure.findAll('circle.here')).toHaveLength(2)
    const whole = mountFigure(ScalingCurve, { clicks: 4 })
    expect(stair(figure).match(/H/g)).toHaveLength(stair(whole).match(/H/g)!.length)
    expect(figure.find('.gadre').exists()).toBe(true)
    expect(figure.find('input, button').exists()).toBe(false)
    expect(brokenValues(figure)).toEqual([])
  })

  it('is still in the preview: the slider does not answer there', async () => {
    const figure = mountFigure(ScalingCurve, { renderContext: 'previewNext', clicks: 3 })
    await slide(figure, 18)
    expect(numbers(figure)).toEqual(['2.31', '2.38'])
    expect(figure.find('button').exists()).toBe(false)
  })

  it('moves nothing where less motion is wanted', () => {
    expect(mountFigure(ScalingCurve, { reducedMotion: true }).find('.animated').exists()).toBe(false)
    expect(mountFigure(ScalingCurve).find('.animated').exists()).toBe(true)
  })
})

describe('the split of a budget', () => {
  it('says of the second fit that it is to a reconstructed subset, and how much of the gap is rounding', () => {
    const figure = mountFigure(BudgetSplit)
    expect(figure.get('figcaption').text()).toContain('reconstructed subset of the runs')
    expect(figure.get('.rounding').text()).toMatch(/unrounded exponents the fit of 2022 asks for 59.*second-hand/)
    expect(figure.findAll('svg .general, .splits .general')).toEqual([])
  })

  it('shows both laws side by side, at the budget of Chinchilla 93 against 18 tokens a parameter', async () => {
    const figure = mountFigure(BudgetSplit)
    await figure.setClicks(1)
    expect(numbers(figure).map(Number.parseFloat)).toEqual([93, 18])
    expect(figure.text()).toContain('72B parameters, 1.33T tokens')
  })

  it('follows the slider over its whole range without a broken value', async () => {
    const figure = mountFigure(BudgetSplit)
    for (const budget of [18, 20.5, 26]) {
      await slide(figure, budget)
      expect(brokenValues(figure)).toEqual([])
    }
    expect(numbers(figure).map(Number.parseFloat)).toEqual([153, 16])
  })

  it('says its budget in words in print', () => {
    const figure = mountFigure(BudgetSplit, { print: true, clicks: 1 })
    expect(figure.find('figcaption').text()).toContain('Budget: 5.76\u00A0×\u00A010²³\u00A0FLOP.')
    expect(figure.find('input').exists()).toBe(false)
  })
})
