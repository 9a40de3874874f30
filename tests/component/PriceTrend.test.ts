import { describe, expect, it } from 'vitest'
import PriceTrend from '../../components/PriceTrend.vue'
import { brokenValues, mountFigure } from '#live-figures/testing'

describe('PriceTrend', () => {
  it('sets the measured growth after 15 years large, and once', () => {
    const figure = mountFigure(PriceTrend)
    expect(figure.findAll('.big-number').map(number => number.text())).toEqual(['×69'])
  })

  it('labels all three rates, the spoken one as spoken', () => {
    const text = mountFigure(PriceTrend).text()
    for (const rate of ['10× in 5 years', '10× in 6.86 years', '10× in 8.17 years', 'said in the lecture', '26 ML GPUs', '470 GPUs'])
      expect(text).toContain(rate)
  })

  it('says plainly that the two disagree, with the published intervals', () => {
    const text = mountFigure(PriceTrend).text()
    expect(text).toContain('The two disagree, 15-fold')
    expect(text).toContain('[7.45,\u00A09.04]')
    expect(text).toContain('[5.12,\u00A010.39]')
  })

  it('sets newer figures beside them, second-hand, and what the lecture’s rate would need', () => {
    const figure = mountFigure(PriceTrend)
    expect(figure.findAll('tbody tr').map(row => [row.get('th').text().slice(0, 5), row.get('td').text()])).toEqual([['+30 %', '8.8 years'], ['+40 %', '6.8 years'], ['+49 %', '5.8 years'], ['+58 %', '5 years']])
    expect(figure.get('caption .caveat').text()).toBe('second-hand')
  })

  it('has neither of the two colours: a price is not structure, and not generality', () => {
    expect(mountFigure(PriceTrend).findAll('.general, .structure')).toEqual([])
  })

  it('draws an interval for the measured rates only, and an open mark for the spoken one', () => {
    const figure = mountFigure(PriceTrend)
    expect(figure.findAll('path.interval')).toHaveLength(2)
    expect(figure.findAll('circle.ring')).toHaveLength(1)
    expect(figure.findAll('circle.measured')).toHaveLength(2)
  })

  it('looks the same live, still and in print, without a broken value', () => {
    const live = mountFigure(PriceTrend)
    const drawn = live.find('.price-trend').html()
    expect(brokenValues(live)).toEqual([])
    expect(live.get('.visually-hidden').text()).toContain('disagree')
    expect(mountFigure(PriceTrend, { renderContext: 'previewNext' }).find('.price-trend').html()).toBe(drawn)
    expect(mountFigure(PriceTrend, { print: true, clicks: 5 }).find('.price-trend').html()).toBe(drawn)
    expect(mountFigure(PriceTrend, { reducedMotion: true }).find('.price-trend').html()).toBe(drawn)
  })
})
