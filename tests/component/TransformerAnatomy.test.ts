/** The anatomy of the encoder–decoder: four marked structures, the same in every window and on paper. */
import { describe, expect, it } from 'vitest'
import TransformerAnatomy from '../../components/TransformerAnatomy.vue'
import { builtInStructures } from '../../components/architecture/words.ts'
import { brokenValues, mountFigure } from '#live-figures/testing'

describe('the anatomy', () => {
  it('marks the four structures, each once and with its number', () => {
    const figure = mountFigure(TransformerAnatomy)
    const marks = figure.findAll('.structure-mark').map(mark => Number(mark.text()))
    expect(marks.toSorted()).toEqual(builtInStructures.map(({ number }) => number))
    expect(figure.findAll('.structure-mark.removed')).toHaveLength(0)
  })

  it('draws a cross-attention in every decoder layer, all fed by one route from the last encoder layer', () => {
    const figure = mountFigure(TransformerAnatomy)
    expect(figure.findAll('.pill.cross')).toHaveLength(3)
    expect(figure.findAll('.route path')).toHaveLength(1 + 3)
  })

  it('tells all four in words', () => {
    const summary = mountFigure(TransformerAnatomy).find('[data-summary]').text()
    for (const words of ['separate cross-attention', 'separate parameters', 'only the last encoder layer', 'in both directions'])
      expect(summary).toContain(words)
  })

  it.each(['slide', 'presenter', 'previewNext', 'overview'] as const)('has no broken value as %s, and names its sources', (renderContext) => {
    const figure = mountFigure(TransformerAnatomy, { renderContext })
    expect(brokenValues(figure)).toEqual([])
    expect(figure.find('[data-figure]').attributes('data-source')).toBe('vaswani2017 cs25')
  })

  it('is the same drawing on paper', () => {
    const geometry = (print: boolean) => mountFigure(TransformerAnatomy, { print }).findAll('svg rect').map(rect => rect.attributes('x'))
    expect(geometry(true)).toEqual(geometry(false))
  })
})
