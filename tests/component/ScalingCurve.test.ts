/** The live scaling curve: refits as the slider moves, reveals what was measured, says plainly when it cannot fit. */
import { describe, expect, it } from 'vitest'
import ScalingCurve from '../../components/ScalingCurve.vue'
import { brokenValues, mountFigure } from '../support/slidev.ts'

const slide = async (wrapper: ReturnType<typeof mountFigure>, value: number) => wrapper.find('input[type=range]').setValue(String(value))
const numbers = (wrapper: ReturnType<typeof mountFigure>) => wrapper.findAll('.big-number').map(number => number.text())

describe('the scaling curve', () => {
  it('tells its story click by click: a wild guess, the miss, a smaller miss, a good guess', async () => {
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
    expect(brokenValues(figure)).toEqual([])
  })

  it('refits at every move of the slider', async () => {
    const figure = mountFigure(ScalingCurve, { clicks: 3 })
    await slide(figure, 19)
    expect(figure.text()).toContain('+20.3 %')
    await slide(figure, 20)
    expect(figure.text()).toContain('−6.9 %')
  })

  it('calls a good guess from very far away what it is: luck', async () => {
    const figure = mountFigure(ScalingCurve, { clicks: 3 })
    await slide(figure, 18.5)
    expect(figure.text()).toContain('3.3 orders of magnitude ahead: luck.')
    await slide(figure, 20)
    expect(figure.text()).toContain('One or two is near enough')
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
    expect(figure.find('[data-summary]').text()).toBe('Training compute seen: up to 10²¹ FLOP, 28 runs. The law fitted to them predicts a loss of 2.31 for the 6.9B model, band 2.21 to 2.42. Measured: 2.38, an error of −3.0 %.')
    expect(figure.find('input[type=range]').attributes('aria-valuetext')).toBe('10²¹ FLOP')
  })

  it('shows its most telling state in print, its parameters in words and no controls', () => {
    const figure = mountFigure(ScalingCurve, { print: true, clicks: 999_999 })
    expect(numbers(figure)).toEqual(['2.31', '2.38'])
    expect(figure.find('figcaption').text()).toContain('fitted to the 28 clean runs up to 10²¹ FLOP')
    expect(figure.find('input, button').exists()).toBe(false)
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
  it('shows both laws side by side, at the budget of Chinchilla 93 against 18 tokens a parameter', async () => {
    const figure = mountFigure(ScalingCurve, { props: { panel: 'allocate' } })
    await figure.setClicks(1)
    expect(numbers(figure).map(Number.parseFloat)).toEqual([93, 18])
    expect(figure.text()).toContain('72B parameters, 1.33T tokens')
  })

  it('follows the slider over its whole range without a broken value', async () => {
    const figure = mountFigure(ScalingCurve, { props: { panel: 'allocate' } })
    for (const budget of [18, 20.5, 26]) {
      await slide(figure, budget)
      expect(brokenValues(figure)).toEqual([])
    }
    expect(numbers(figure).map(Number.parseFloat)).toEqual([153, 16])
  })

  it('says its budget in words in print', () => {
    const figure = mountFigure(ScalingCurve, { props: { panel: 'allocate' }, print: true, clicks: 1 })
    expect(figure.find('figcaption').text()).toContain('Budget: 5.76\u00A0×\u00A010²³\u00A0FLOP.')
    expect(figure.find('input').exists()).toBe(false)
  })
})
