/** The removal in four clicks: drawing, mask and counts tell the same step, forwards and back. */
import { describe, expect, it } from 'vitest'
import TransformerMorph from '../../components/TransformerMorph.vue'
import type { MountedFigure } from '#live-figures/testing'
import { brokenValues, mountFigure, sharedFigures } from '#live-figures/testing'
import { chungsSteps } from '../../data/loan-book.ts'
import { attentionModels } from '../../data/architectures.ts'

const next = (figure: MountedFigure) => figure.find('[aria-label="Shape: the next"]')

const opaque = (style: string | undefined) => !/opacity:\s*0(;|$)/.test(style ?? '')

/** What the figure shows, in the parts that change with a step. */
function read(figure: MountedFigure) {
  return {
    count: figure.find('.big-number').text(),
    exact: figure.find('.exact').text(),
    ratio: figure.find('.ratio').text(),
    flops: [...figure.find('[data-summary]').text().matchAll(/([\d,]+) (?:FLOPs an input|and a target|a target) token/g)].map(([, flops]) => flops),
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
  { count: '704.6M', exact: '28·L·d² = 704,643,072', ratio: '2.33× decoder-only', flops: ['704,643,072', '704,643,072'], removed: 0, cross: 3, stacks: 2, route: 1, looks: 55, ahead: 10, lastOnly: 20 },
  { count: '604.0M', exact: '24·L·d² = 603,979,776', ratio: '2× decoder-only', flops: ['704,643,072', '603,979,776'], removed: 1, cross: 0, stacks: 2, route: 1, looks: 55, ahead: 10, lastOnly: 20 },
  { count: '302.0M', exact: '12·L·d² = 301,989,888', ratio: '1× decoder-only', flops: ['704,643,072', '603,979,776'], removed: 2, cross: 0, stacks: 1, route: 1, looks: 55, ahead: 10, lastOnly: 20 },
  { count: '302.0M', exact: '12·L·d² = 301,989,888', ratio: '1× decoder-only', flops: ['603,979,776', '603,979,776'], removed: 3, cross: 0, stacks: 1, route: 0, looks: 55, ahead: 10, lastOnly: 0 },
  { count: '302.0M', exact: '12·L·d² = 301,989,888', ratio: '1× decoder-only', flops: ['603,979,776', '603,979,776'], removed: 4, cross: 0, stacks: 1, route: 0, looks: 45, ahead: 0, lastOnly: 0 },
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

  it('shows the row of the book that each click pays, and what became of it', async () => {
    const figure = mountFigure(TransformerMorph)
    expect(figure.find('.loan').text()).toContain('Four loans')
    for (const [index, row] of chungsSteps.entries()) {
      await figure.setClicks(index + 1)
      for (const words of [row.goes, row.due, row.became.outcome, row.became.brief])
        expect(figure.find('.loan').text()).toContain(words)
    }
  })

  it('names each step in words, and tells it with its numbers', async () => {
    const figure = mountFigure(TransformerMorph)
    const captions = new Set<string>()
    for (const step of [0, 1, 2, 3, 4]) {
      await figure.setClicks(step)
      captions.add(figure.find('figcaption').text())
      expect(figure.find('[data-summary]').text()).toContain(`${step} of 4 structures taken out`)
    }
    expect(captions.size).toBe(5)
    expect(figure.find('[data-summary]').text()).toContain('301,989,888 parameters')
    expect(figure.find('[data-summary]').text()).toContain('Still built in: none of the four')
  })

  it('counts another shape by its button, keeps the step, and keeps the shape through the clicks', async () => {
    const figure = mountFigure(TransformerMorph, { clicks: 1 })
    for (let model = 0; model < 5; model++)
      await next(figure).trigger('click')
    expect(figure.find('.shape .name').text()).toBe('GPT-3')
    expect(read(figure)).toMatchObject({ exact: '24·L·d² = 347,892,350,976', ratio: '2× decoder-only', flops: ['405,874,409,472', '347,892,350,976'], removed: 1 })
    await figure.setClicks(2)
    expect(read(figure)).toEqual({ ...planned[2], count: '173.9B', exact: '12·L·d² = 173,946,175,488', flops: ['405,874,409,472', '347,892,350,976'] })
    await figure.setClicks(0)
    expect(read(figure)).toMatchObject({ exact: '28·L·d² = 405,874,409,472', looks: 55 })
  })

  it('counts every published model with attention, and comes round to the first again', async () => {
    const figure = mountFigure(TransformerMorph)
    const seen = new Map<string, string>()
    while (!seen.has(figure.find('.shape .name').text())) {
      seen.set(figure.find('.shape .name').text(), figure.find('.exact').text())
      expect(brokenValues(figure)).toEqual([])
      await next(figure).trigger('click')
    }
    expect([...seen.keys()].sort()).toEqual(attentionModels.map(({ name }) => name).sort())
    expect(seen.get('T5-11B')).toBe('448·L·d² = 11,274,289,152')
    expect(seen.get('Llama-2-70B')).toBe('27.75·L·d² = 148,981,678,080')
  })

  it('says of a model that never had an encoder that its second stack is made up', async () => {
    const figure = mountFigure(TransformerMorph, { props: { preset: 'Llama-2-7B' } })
    expect(figure.find('.shape-note').text()).toBe('f = 11,008, had it two stacks')
    expect(mountFigure(TransformerMorph).find('.shape-note').exists()).toBe(false)
  })

  it('counts its own shape when another window names one that is not there', () => {
    sharedFigures.state['morph'] = { page: 1, step: 0, inputs: { preset: 'GPT-5' } }
    const figure = mountFigure(TransformerMorph, { keepShared: true })
    expect(figure.find('.shape .name').text()).toBe('T5-large')
    expect(brokenValues(figure)).toEqual([])
  })

  it('begins with the shape it is given', () => {
    expect(read(mountFigure(TransformerMorph, { props: { preset: '2017 base' } }))).toMatchObject({ exact: '28·L·d² = 44,040,192' })
  })

  it('in a preview shows its click and does not answer', async () => {
    const figure = mountFigure(TransformerMorph, { clicks: 3, renderContext: 'previewNext' })
    await figure.findAll('button').at(0)?.trigger('click')
    expect(read(figure)).toEqual(planned[3])
    expect(figure.find('.animated').exists()).toBe(false)
  })

  it('on paper says its shape in words and has no buttons', () => {
    const figure = mountFigure(TransformerMorph, { clicks: 999_999, print: true })
    expect(figure.findAll('.printed-morph li .count strong').map(count => count.text())).toEqual(planned.map(({ count }) => count))
    expect(figure.findAll('.attention-mask')).toHaveLength(5)
    expect(figure.findAll('button')).toHaveLength(0)
    expect(figure.text()).toContain('d = 1,024, L = 24')
    expect(brokenValues(figure)).toEqual([])
  })

  it('moves its parts only where the viewer wants motion', () => {
    expect(mountFigure(TransformerMorph).find('.stack-diagram.animated').exists()).toBe(true)
    expect(mountFigure(TransformerMorph, { reducedMotion: true }).find('.animated').exists()).toBe(false)
  })
})
