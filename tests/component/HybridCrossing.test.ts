import { describe, expect, it } from 'vitest'
import HybridCrossing from '../../components/HybridCrossing.vue'
import { brokenValues, mountFigure } from '#live-figures/testing'

describe('HybridCrossing', () => {
  it('draws 5 hybrids warm and 6 pure models cool, and no residual network', () => {
    const figure = mountFigure(HybridCrossing)
    expect(figure.findAll('rect.structure')).toHaveLength(5)
    expect(figure.findAll('circle.general')).toHaveLength(6)
    expect(figure.text()).not.toMatch(/ResNet/)
  })

  it('labels the runs that decide', () => {
    const text = mountFigure(HybridCrossing).text()
    for (const label of ['R50+ViT-B/32', '84.90', 'ViT-B/16', '84.15', 'R50+ViT-L/16', '87.12', 'ViT-H/14'])
      expect(text).toContain(label)
  })

  it('keeps the crossing back until the click, then says around', async () => {
    const figure = mountFigure(HybridCrossing)
    expect(figure.findAll('.crossing.shown')).toHaveLength(0)
    expect(figure.get('p.visually-hidden').text()).not.toContain('cross')
    await figure.setClicks(1)
    expect(figure.findAll('.crossing.shown')).toHaveLength(figure.findAll('.crossing').length)
    expect(figure.get('p.visually-hidden').text()).toContain('cross around 1–2 thousand exaFLOPs')
  })

  it('says at the click what the crossing hangs on, and what convolutions alone reached in 2023, second-hand', async () => {
    const figure = mountFigure(HybridCrossing)
    const told = () => figure.get('.reading .crossing')
    expect(figure.get('p.visually-hidden').text()).not.toContain('NFNets')
    await figure.setClicks(1)
    expect(told().classes()).toContain('shown')
    expect(told().text()).toMatch(/1,628 with ViT-H\/14, 1,017 without it/)
    expect(told().text()).toMatch(/NFNets.*Up to 90\.4 % after JFT-4B.*second-hand/)
    expect(figure.get('p.visually-hidden').text()).toContain('90.4 per cent')
  })

  it('goes back', async () => {
    const figure = mountFigure(HybridCrossing, { clicks: 1 })
    await figure.setClicks(0)
    expect(figure.findAll('.crossing.shown')).toHaveLength(0)
  })

  it('shows the crossing in the overview and in print, where clicks are counted beyond the last', () => {
    for (const options of [{ renderContext: 'overview', clicks: 99 }, { print: true, clicks: 99 }] as const)
      expect(mountFigure(HybridCrossing, options).findAll('.crossing.shown').length).toBeGreaterThan(0)
  })

  it('fades only when live and motion is welcome', () => {
    expect(mountFigure(HybridCrossing).find('.animated').exists()).toBe(true)
    expect(mountFigure(HybridCrossing, { reducedMotion: true }).find('.animated').exists()).toBe(false)
    expect(mountFigure(HybridCrossing, { print: true }).find('.animated').exists()).toBe(false)
    expect(mountFigure(HybridCrossing, { renderContext: 'previewNext' }).find('.animated').exists()).toBe(false)
  })

  it('has no broken value at any step', () => {
    for (const clicks of [0, 1])
      expect(brokenValues(mountFigure(HybridCrossing, { clicks }))).toEqual([])
  })
})
