/** The cache: exact bytes at the chosen context, marks where the lines are, claims no more than arithmetic. */
import { describe, expect, it } from 'vitest'
import { brokenValues, mountFigure, sharedFigures } from '#live-figures/testing'
import CacheMeter from '../../components/CacheMeter.vue'
import type { MountedFigure } from '#live-figures/testing'
import { cacheModels } from '../../data/architectures.ts'

const plain = (text: string) => text.replaceAll('\u00A0', ' ')
const read = (figure: MountedFigure) => ({
  first: plain(figure.find('.big-number').text()),
  rows: figure.findAll('dd').map(row => plain(row.text())),
})

const short = { first: '2 GiB', rows: ['GQA-8 512 MiB', 'MQA 64 MiB', 'MQA, 4 KV layers 8 MiB', 'Mamba-2.8B 12.5 MiB', 'RWKV-4 7B 2.5 MiB'] }
const long = { first: '64 GiB', rows: ['GQA-8 16 GiB', 'MQA 2 GiB', 'MQA, 4 KV layers 256 MiB', 'Mamba-2.8B 12.5 MiB', 'RWKV-4 7B 2.5 MiB'] }

describe('the cost of the cache', () => {
  it('shows 4,096 tokens, then 131,072, then 4,096 again', async () => {
    const figure = mountFigure(CacheMeter)
    expect(read(figure)).toEqual(short)
    await figure.setClicks(1)
    expect(read(figure)).toEqual(long)
    await figure.setClicks(0)
    expect(read(figure)).toEqual(short)
  })

  it('has one open mark for each line, at the line', async () => {
    const figure = mountFigure(CacheMeter, { clicks: 1 })
    expect(figure.findAll('circle.mark.kept')).toHaveLength(4)
    expect(figure.findAll('circle.mark.structure')).toHaveLength(2)
    const cursor = Number(/translateX\(([\d.]+)px/.exec(figure.find('.cursor').attributes('style') ?? '')?.[1])
    figure.findAll('.line.kept').forEach((line, index) => {
      const at = (name: string) => Number(line.attributes(name))
      const onLine = at('y1') + (cursor - at('x1')) / (at('x2') - at('x1')) * (at('y2') - at('y1'))
      const mark = figure.findAll('circle.mark.kept').at(index)
      expect(Number(/translateY\(([\d.]+)px/.exec(mark?.attributes('style') ?? '')?.[1])).toBeCloseTo(onLine, 3)
    })
  })

  it.each([['10', '512 MiB', '1,024 tokens'], ['20', '512 GiB', '1,048,576 tokens']])('goes to 2 to the %s tokens: %s', async (exponent, bytes, words) => {
    const figure = mountFigure(CacheMeter)
    await figure.find('input').setValue(exponent)
    expect(read(figure).first).toBe(bytes)
    expect(figure.find('input').attributes('aria-valuetext')).toBe(words)
    expect(brokenValues(figure)).toEqual([])
  })

  it('goes back to the plan at the next click', async () => {
    const figure = mountFigure(CacheMeter)
    await figure.find('input').setValue('20')
    await figure.setClicks(1)
    expect(read(figure)).toEqual(long)
  })

  it('stands at the shape of every model of its list, with the way it was trained in its caption', async () => {
    const figure = mountFigure(CacheMeter)
    const trained = new Map<string, string>()
    for (const name of cacheModels) {
      expect(figure.find('.shape .name').text()).toBe(name)
      trained.set(name, /only its (\S+) was trained/.exec(figure.find('figcaption').text())?.[1] ?? '')
      expect(brokenValues(figure)).toEqual([])
      for (const line of figure.findAll('.line')) {
        for (const end of ['y1', 'y2']) {
          expect(Number(line.attributes(end))).toBeGreaterThanOrEqual(26)
          expect(Number(line.attributes(end))).toBeLessThanOrEqual(300)
        }
      }
      await figure.find('[aria-label="Shape: the next"]').trigger('click')
    }
    expect(Object.fromEntries(trained)).toEqual({ 'Llama-2-7B': 'MHA', 'Llama-2-13B': 'MHA', 'Llama-2-70B': 'GQA-8', 'GPT-3': 'MHA', 'T5-11B': 'MHA' })
    expect(read(figure)).toEqual(short)
  })

  it('keeps the shape through the clicks: 320 KiB a token under the GQA-8 of Llama-2-70B', async () => {
    const figure = mountFigure(CacheMeter)
    await figure.find('[aria-label="Shape: the one before"]').trigger('click')
    expect(figure.find('figcaption').text()).toContain('Each input token keeps as much again')
    await figure.find('[aria-label="Shape: the next"]').trigger('click')
    await figure.find('[aria-label="Shape: the next"]').trigger('click')
    await figure.find('[aria-label="Shape: the next"]').trigger('click')
    await figure.setClicks(1)
    expect(plain(figure.text())).toContain('GQA-8 · 320 KiB')
    expect(read(figure)).toMatchObject({ first: '320 GiB', rows: ['GQA-8 40 GiB', 'MQA 5 GiB', 'MQA, 4 KV layers 256 MiB', 'Mamba-2.8B 12.5 MiB', 'RWKV-4 7B 2.5 MiB'] })
  })

  it('adds a low-rank cache by its button, calls it illustrative, and draws it dashed', async () => {
    const figure = mountFigure(CacheMeter)
    await figure.find('.low-rank').trigger('click')
    expect(read(figure).rows).toContain('MLA-like, rank 512 128 MiB')
    expect(figure.find('.words').text()).toMatch(/Dashed: illustrative.*rotary key/)
    expect(figure.findAll('.line.low-rank')).toHaveLength(1)
    expect(figure.findAll('circle.mark.kept')).toHaveLength(5)
  })

  it('has one warm thing, the state of fixed size, and nothing cool', () => {
    const figure = mountFigure(CacheMeter)
    expect(figure.findAll('svg.chart .general, .numbers > .general, dl .general')).toEqual([])
    expect(figure.findAll('line.structure')).toHaveLength(2)
  })

  it('compares other states of fixed size', async () => {
    const figure = mountFigure(CacheMeter)
    await figure.find('[aria-label="States of fixed size: the one before"]').trigger('click')
    expect(read(figure).rows.slice(3)).toEqual(['Mamba-130M 1.4 MiB', 'RWKV-4 169M 180 KiB'])
    expect(brokenValues(figure)).toEqual([])
  })

  it('shows a still, right picture when another window says nonsense', () => {
    sharedFigures.state['cache'] = { page: 1, step: 0, inputs: { contextTokens: Number.NaN, model: 'GPT-5', states: '' } }
    expect(read(mountFigure(CacheMeter, { keepShared: true }))).toEqual(short)
  })

  it('says what it does not show: quality, and that the shared layers are illustrative', () => {
    const figure = mountFigure(CacheMeter)
    expect(figure.find('.words').text()).toMatch(/Size says nothing about quality.*Illustrative.*8x below MQA; MLKV claims 6x/)
    expect(plain(figure.find('[data-summary]').text())).toContain('At a context of 4,096 tokens the cache holds 2 GiB under MHA')
  })

  it('in a preview shows its click and does not answer', async () => {
    const figure = mountFigure(CacheMeter, { clicks: 1, renderContext: 'previewNext' })
    await figure.find('input').setValue('20')
    expect(read(figure)).toEqual(long)
    expect(figure.find('.animated').exists()).toBe(false)
  })

  it('on paper says its context in words and has no slider', () => {
    const figure = mountFigure(CacheMeter, { clicks: 999_999, print: true })
    expect(figure.find('input').exists()).toBe(false)
    expect(read(figure)).toEqual(long)
    expect(figure.text()).toContain('131,072 tokens')
    expect(brokenValues(figure)).toEqual([])
  })

  it('moves its line only where the viewer wants motion', () => {
    expect(mountFigure(CacheMeter).find('.animated').exists()).toBe(true)
    expect(mountFigure(CacheMeter, { reducedMotion: true }).find('.animated').exists()).toBe(false)
  })
})
