/** The cache: exact bytes at the chosen context, marks where the lines are, claims no more than arithmetic. */
import { describe, expect, it } from 'vitest'
import CacheMeter from '../../components/CacheMeter.vue'
import type { MountedFigure } from '../support/slidev.ts'
import { brokenValues, mountFigure } from '../support/slidev.ts'

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
    expect(figure.findAll('circle.mark.general')).toHaveLength(4)
    expect(figure.findAll('circle.mark.structure')).toHaveLength(2)
    const cursor = Number(/translateX\(([\d.]+)px/.exec(figure.find('.cursor').attributes('style') ?? '')?.[1])
    figure.findAll('.line.general').forEach((line, index) => {
      const at = (name: string) => Number(line.attributes(name))
      const onLine = at('y1') + (cursor - at('x1')) / (at('x2') - at('x1')) * (at('y2') - at('y1'))
      const mark = figure.findAll('circle.mark.general').at(index)
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

  it('says what it does not show: quality, and that the shared layers are illustrative', () => {
    const figure = mountFigure(CacheMeter)
    expect(figure.find('.words').text()).toContain('State size says nothing about quality')
    expect(figure.find('.words').text()).toContain('illustrative')
    expect(plain(figure.find('[aria-live]').text())).toContain('At a context of 4,096 tokens the cache holds 2 GiB under MHA')
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
