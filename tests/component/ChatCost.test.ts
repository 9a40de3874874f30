/** The chat: as many blocks as turns encoded, exact counts, a slider that stays within its limits. */
import { describe, expect, it } from 'vitest'
import { brokenValues, mountFigure, sharedFigures } from '#live-figures/testing'
import ChatCost from '../../components/ChatCost.vue'
import type { MountedFigure } from '#live-figures/testing'

const read = (figure: MountedFigure) => ({
  numbers: figure.findAll('.big-number').map(number => number.text()),
  blocks: figure.findAll('.block').length,
  again: figure.findAll('.block.again').length,
})

const fewTurns = { numbers: ['2,000', '800'], blocks: 10 + 4, again: 6 }
const manyTurns = { numbers: ['42,000', '4,000'], blocks: 210 + 20, again: 190 }

describe('the cost of a chat', () => {
  it('shows 4 turns, then 20, then 4 again', async () => {
    const figure = mountFigure(ChatCost)
    expect(read(figure)).toEqual(fewTurns)
    await figure.setClicks(1)
    expect(read(figure)).toEqual(manyTurns)
    await figure.setClicks(0)
    expect(read(figure)).toEqual(fewTurns)
  })

  it('says that the ratio is that of all turns together, and what the last turn alone costs', () => {
    expect(mountFigure(ChatCost, { clicks: 1 }).findAll('.words').map(words => words.text()).at(-1)).toMatch(/10\.5 times as many, the 20 turns together.*The last turn alone: 20 times/)
  })

  it.each([1, 2, 9, 10, 11, 40])('keeps %i turns inside its drawing', async (turns) => {
    const figure = mountFigure(ChatCost)
    await figure.find('input').setValue(String(turns))
    expect(read(figure).blocks).toBe(turns * (turns + 1) / 2 + turns)
    expect(brokenValues(figure)).toEqual([])
    const [, , width, height] = (figure.find('svg').attributes('viewBox') ?? '').split(' ').map(Number) as [number, number, number, number]
    for (const block of figure.findAll('.block')) {
      const at = (name: string) => Number(block.attributes(name))
      expect(at('x')).toBeGreaterThanOrEqual(0)
      expect(at('y')).toBeGreaterThanOrEqual(0)
      expect(at('x') + at('width')).toBeLessThanOrEqual(width)
      expect(at('y') + at('height')).toBeLessThanOrEqual(height)
    }
  })

  it('follows its slider and goes back at the next click', async () => {
    const figure = mountFigure(ChatCost)
    await figure.find('input').setValue('10')
    expect(read(figure).numbers).toEqual(['11,000', '2,000'])
    await figure.setClicks(1)
    expect(read(figure)).toEqual(manyTurns)
  })

  it('counts turns of any length, and keeps that length through the clicks', async () => {
    const figure = mountFigure(ChatCost)
    await figure.find('input[aria-label="Tokens of a turn"]').setValue('1500')
    expect(read(figure).numbers).toEqual(['15,000', '6,000'])
    expect(figure.find('figcaption').text()).toContain('a turn of 1,500 tokens')
    await figure.setClicks(1)
    expect(read(figure)).toEqual({ ...manyTurns, numbers: ['315,000', '30,000'] })
  })

  it.each([Number.NaN, -5, 1e9])('shows its plan when another window says %d', (nonsense) => {
    sharedFigures.state['chat'] = { page: 1, step: 0, inputs: { turns: nonsense, tokensPerTurn: nonsense } }
    const figure = mountFigure(ChatCost, { keepShared: true })
    expect(read(figure).numbers).toEqual(['2,000', '800'])
    expect(brokenValues(figure)).toEqual([])
  })

  it('tells both counts and the turns in words', () => {
    const summary = mountFigure(ChatCost, { clicks: 1 }).find('[data-summary]').text()
    for (const words of ['20 turns of 200 tokens', '42,000 tokens', 'encodes 4,000', '10.5 times'])
      expect(summary).toContain(words)
  })

  it('in a preview shows its click and does not answer', async () => {
    const figure = mountFigure(ChatCost, { clicks: 1, renderContext: 'overview' })
    await figure.find('input').setValue('10')
    expect(read(figure)).toEqual(manyTurns)
    expect(figure.find('.animated').exists()).toBe(false)
  })

  it('on paper says its turns in words and has no slider', () => {
    const figure = mountFigure(ChatCost, { clicks: 999_999, print: true })
    expect(figure.find('input').exists()).toBe(false)
    expect(figure.text()).toContain('20 turns')
    expect(figure.text()).toContain('200 tokens')
    expect(brokenValues(figure)).toEqual([])
  })

  it('moves its blocks only where the viewer wants motion', () => {
    expect(mountFigure(ChatCost).find('.block.animated').exists()).toBe(true)
    expect(mountFigure(ChatCost, { reducedMotion: true }).find('.animated').exists()).toBe(false)
  })
})
