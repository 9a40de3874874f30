/** The removal in four clicks: drawing, mask and counts tell the same step, forwards and back. */
import { describe, expect, it } from 'vitest'
import TransformerMorph from '../../components/TransformerMorph.vue'
import type { MountedFigure } from '../support/slidev.ts'
import { brokenValues, mountFigure } from '../support/slidev.ts'

const opaque = (style: string | undefined) => !/opacity:\s*0(;|$)/.test(style ?? '')

/** What the figure shows, in the parts that change with a step. */
function read(figure: MountedFigure) {
  return {
    count: figure.find('.big-number').text(),
    exact: figure.find('.exact').text(),
    ratio: figure.find('.ratio').text(),
    flops: figure.findAll('.flops strong').map(flops => flops.text()),
    removed: figure.findAll('.structures .removed').length,
    cross: figure.findAll('.pill.cross').filter(pill => opaque(pill.element.parentElement?.getAttribute('style') ?? '')).length,
    stacks: figure.findAll('.box.target').every(box => opaque(box.attributes('style'))) ? 2 : 1,
    route: figure.findAll('.route').length,
    looks: figure.findAll('.attention-mask .look').filter(cell => opaque(cell.attributes('style'))).length,
    ahead: figure.findAll('.attention-mask .look.ahead').filter(cell => opaque(cell.attributes('style'))).length,
    lastOnly: figure.findAll('.attention-mask .last').filter(cell => opaque(cell.attributes('style'))).length,
  }
}

const planned = [
  { count: '704.6M', exact: '28·L·d² = 704,643,072', ratio: '2.33× decoder-only', flops: ['704.6M', '704.6M'], removed: 0, cross: 3, stacks: 2, route: 1, looks: 55, ahead: 10, lastOnly: 20 },
  { count: '604.0M', exact: '24·L·d² = 603,979,776', ratio: '2× decoder-only', flops: ['704.6M', '604.0M'], removed: 1, cross: 0, stacks: 2, route: 1, looks: 55, ahead: 10, lastOnly: 20 },
  { count: '302.0M', exact: '12·L·d² = 301,989,888', ratio: '1× decoder-only', flops: ['704.6M', '604.0M'], removed: 2, cross: 0, stacks: 1, route: 1, looks: 55, ahead: 10, lastOnly: 20 },
  { count: '302.0M', exact: '12·L·d² = 301,989,888', ratio: '1× decoder-only', flops: ['604.0M', '604.0M'], removed: 3, cross: 0, stacks: 1, route: 0, looks: 55, ahead: 10, lastOnly: 0 },
  { count: '302.0M', exact: '12·L·d² = 301,989,888', ratio: '1× decoder-only', flops: ['604.0M', '604.0M'], removed: 4, cross: 0, stacks: 1, route: 0, looks: 45, ahead: 0, lastOnly: 0 },
]

describe('the removal in four clicks', () => {
  it.each([0, 1, 2, 3, 4])('shows step %i in drawing, mask and counts', (step) => {
    const figure = mountFigure(TransformerMorph, { clicks: step })
    expect(read(figure)).toEqual(planned[step])
    expect(brokenValues(figure)).toEqual([])
  })

  it('goes forwards and back through the same states', async () => {
    const figure = mountFigure(TransformerMorph)
    for (const step of [1, 2, 3, 4, 3, 2, 1, 0]) {
      await figure.setClicks(step)
      expect(read(figure)).toEqual(planned[step])
    }
  })

  it('names each step in words, and tells it with its numbers', async () => {
    const figure = mountFigure(TransformerMorph)
    const captions = new Set<string>()
    for (const step of [0, 1, 2, 3, 4]) {
      await figure.setClicks(step)
      captions.add(figure.find('figcaption').text())
      expect(figure.find('[aria-live]').text()).toContain(`${step} of 4 structures taken out`)
    }
    expect(captions.size).toBe(5)
    expect(figure.find('[aria-live]').text()).toContain('301,989,888 parameters')
    expect(figure.find('[aria-live]').text()).toContain('Still built in: none of the four')
  })

  it('counts another shape by its button, keeps the step, and goes back at the next click', async () => {
    const figure = mountFigure(TransformerMorph, { clicks: 1 })
    const button = figure.findAll('button').find(option => option.text() === 'GPT-3')
    await button?.trigger('click')
    expect(read(figure)).toMatchObject({ exact: '24·L·d² = 347,892,350,976', ratio: '2× decoder-only', removed: 1 })
    expect(figure.find('button[aria-pressed="true"]').text()).toBe('GPT-3')
    await figure.setClicks(2)
    expect(read(figure)).toEqual(planned[2])
  })

  it('begins with the shape it is given', () => {
    expect(read(mountFigure(TransformerMorph, { props: { preset: 'base' } }))).toMatchObject({ exact: '28·L·d² = 44,040,192' })
  })

  it('in a preview shows its click and does not answer', async () => {
    const figure = mountFigure(TransformerMorph, { clicks: 3, renderContext: 'previewNext' })
    await figure.findAll('button').at(0)?.trigger('click')
    expect(read(figure)).toEqual(planned[3])
    expect(figure.find('.animated').exists()).toBe(false)
  })

  it('on paper says its shape in words and has no buttons', () => {
    const figure = mountFigure(TransformerMorph, { clicks: 999_999, print: true })
    expect(read(figure)).toEqual(planned[4])
    expect(figure.findAll('button')).toHaveLength(0)
    expect(figure.text()).toContain('d = 1,024, L = 24')
    expect(brokenValues(figure)).toEqual([])
  })

  it('moves its parts only where the viewer wants motion', () => {
    expect(mountFigure(TransformerMorph).find('.stack-diagram.animated').exists()).toBe(true)
    expect(mountFigure(TransformerMorph, { reducedMotion: true }).find('.animated').exists()).toBe(false)
  })
})
