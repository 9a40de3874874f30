import { describe, expect, it } from 'vitest'
import AbilitySplit from '../../components/AbilitySplit.vue'
import { abilityShares } from '../../data/bigbench-split.ts'
import { pythiaModels } from '../../data/pythia.ts'
import { brokenValues, mountFigure } from '#live-figures/testing'

describe('AbilitySplit', () => {
  it('shows the five kinds with their shares and says quietly that they add up to 99.5', () => {
    const figure = mountFigure(AbilitySplit)
    for (const { kind, share } of abilityShares) {
      expect(figure.text()).toContain(kind)
      expect(figure.findAll('.share').map(text => text.text())).toContain(String(share))
    }
    expect(figure.text()).toContain('add up to 99.5')
  })

  it('draws bands in proportion to the shares', () => {
    const bands = mountFigure(AbilitySplit).findAll('rect.band').map(band => Number(band.attributes('height')))
    const perPercent = bands.map((height, i) => height / abilityShares[i]!.share)
    for (const ratio of perPercent)
      expect(ratio).toBeCloseTo(perPercent[0]!, 6)
  })

  it('draws every model of the suite twice, as a measured mark', () => {
    const figure = mountFigure(AbilitySplit)
    expect(figure.findAll('circle.ink')).toHaveLength(pythiaModels.length)
    expect(figure.findAll('circle.muted')).toHaveLength(pythiaModels.length)
  })

  it('has neither of the two colours', () => {
    expect(mountFigure(AbilitySplit).findAll('.general, .structure')).toEqual([])
  })

  it('tells in words what it draws, and names both sources', () => {
    const figure = mountFigure(AbilitySplit)
    expect(figure.get('.visually-hidden').text()).toMatch(/29 per cent are smooth.*second-hand.*0\.185 to 0\.705.*0\.253 to 0\.268/)
    expect(figure.get('[data-figure]').attributes('data-source')).toBe('wei2022 biderman2023')
  })

  it('looks the same live, still and in print, without a broken value', () => {
    const live = mountFigure(AbilitySplit)
    const drawn = live.find('.ability-split').html()
    expect(brokenValues(live)).toEqual([])
    expect(mountFigure(AbilitySplit, { renderContext: 'overview', clicks: 9 }).find('.ability-split').html()).toBe(drawn)
    expect(mountFigure(AbilitySplit, { print: true }).find('.ability-split').html()).toBe(drawn)
    expect(mountFigure(AbilitySplit, { reducedMotion: true }).find('.ability-split').html()).toBe(drawn)
  })
})
