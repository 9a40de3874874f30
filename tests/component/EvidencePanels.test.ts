import { describe, expect, it } from 'vitest'
import EvidencePanels from '../../components/EvidencePanels.vue'
import { brokenValues, mountFigure } from '#live-figures/testing'

function shownPanels(figure: ReturnType<typeof mountFigure>): string[] {
  return figure.findAll('.panel').filter(panel => panel.find('.comes.shown').exists()).map(panel => panel.get('.who').text())
}

const ALL = ['Raffel et al. 2020 (T5)', 'Wang et al. 2022', 'Zhang et al. 2025 (RedLLM)']

describe('EvidencePanels', () => {
  it('shows one comparison more with every click, and takes it back', async () => {
    const figure = mountFigure(EvidencePanels)
    for (const [clicks, count] of [[0, 1], [1, 2], [2, 3], [1, 2]] as const) {
      await figure.setClicks(clicks)
      expect(shownPanels(figure)).toEqual(ALL.slice(0, count))
    }
  })

  it('tells only of the comparisons that are shown', async () => {
    const figure = mountFigure(EvidencePanels)
    const summary = () => figure.get('p.visually-hidden').text()
    expect(summary()).toMatch(/\+0\.5 GLUE.*\+7\.1 GLUE and \+17\.8 SQuAD/)
    expect(summary()).not.toContain('Wang')
    await figure.setClicks(1)
    expect(summary()).toMatch(/EAI-Eval.*causal decoder 44\.2, non-causal decoder 43\.5, encoder–decoder 39\.9, random 32\.9.*T0-Eval.*41\.7/)
    expect(summary()).not.toContain('RedLLM')
    await figure.setClicks(2)
    expect(summary()).toMatch(/low compute: encoder–decoder, slightly; pre-training, more compute: decoder-only.*quality: comparable.*T5Gemma 2.*−6\.5 per cent.*−0\.3 points/)
  })

  it('stands complete at its last click in print, and in the overview', () => {
    expect(shownPanels(mountFigure(EvidencePanels, { print: true, clicks: 2 }))).toEqual(ALL)
    expect(shownPanels(mountFigure(EvidencePanels, { print: 'clicks', clicks: 0 }))).not.toEqual(ALL)
    expect(shownPanels(mountFigure(EvidencePanels, { renderContext: 'overview', clicks: 99 }))).toEqual(ALL)
  })

  it('names the suite of each comparison and what guessing scores on it', () => {
    const text = mountFigure(EvidencePanels).text()
    for (const words of ['EAI-Eval', 'dotted: random, 32.9', 'T0-Eval: 41.7–42.4, random 41.7', 'GLUE', 'SQuAD', 'other objectives', 'the objective differs, too'])
      expect(text).toContain(words)
  })

  it('draws encoder–decoders warm and decoders cool: 2 variants of T5 each on 3 benchmarks, and the zero-shot order', () => {
    const figure = mountFigure(EvidencePanels)
    expect(figure.findAll('circle.structure')).toHaveLength(2 * 3 + 1)
    expect(figure.findAll('circle.general')).toHaveLength(2 * 3 + 2)
  })

  it('fades only when live and motion is welcome', () => {
    expect(mountFigure(EvidencePanels).find('.animated').exists()).toBe(true)
    expect(mountFigure(EvidencePanels, { reducedMotion: true }).find('.animated').exists()).toBe(false)
    expect(mountFigure(EvidencePanels, { renderContext: 'overview' }).find('.animated').exists()).toBe(false)
  })

  it('has no broken value at any step', () => {
    for (const clicks of [0, 1, 2])
      expect(brokenValues(mountFigure(EvidencePanels, { clicks }))).toEqual([])
  })
})
