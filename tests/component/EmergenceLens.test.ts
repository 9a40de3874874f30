import { describe, expect, it } from 'vitest'
import { brokenValues, mountFigure, sharedFigures } from '#live-figures/testing'
import EmergenceLens from '../../components/EmergenceLens.vue'
import { arithmeticModels } from '../../data/emergence-arithmetic.ts'

async function setLength(figure: ReturnType<typeof mountFigure>, tokens: number): Promise<void> {
  await figure.get('input[type=range]').setValue(String(tokens))
}

describe('EmergenceLens', () => {
  it('begins with every measured model, and says that compute is not the only axis', () => {
    const figure = mountFigure(EmergenceLens)
    expect(figure.findAll('circle.model')).toHaveLength(arithmeticModels.length)
    expect(figure.text()).toContain('73 public models')
    for (const words of ['Compute is not the only axis', 'OPT-66B', '0.081', '7.1\u00A0×\u00A010²² FLOP', 'Qwen1.5-1.8B', '0.640', '2.6\u00A0×\u00A010²² FLOP'])
      expect(figure.text()).toContain(words)
  })

  it('shows the model at the click: three curves with climbs of equal width, shifted and not steeper', async () => {
    const figure = mountFigure(EmergenceLens)
    await figure.setClicks(1)
    const bars = figure.findAll('line.bar').map(bar => Number(bar.attributes('x2')) - Number(bar.attributes('x1')))
    expect(bars).toHaveLength(3)
    for (const width of bars)
      expect(width).toBeCloseTo(bars[0]!, 6)
    expect(figure.text()).toContain('3.7 decades')
    expect(figure.text()).toContain('takes 3.8 decades, for each')
    expect(figure.text()).toContain('Not steeper')
  })

  it('calls the model a model and its α illustrative', () => {
    const figure = mountFigure(EmergenceLens, { clicks: 1 })
    expect(figure.get('figcaption').text()).toMatch(/A model, not a fit.*α = 0\.35 is illustrative/)
  })

  it('keeps every measured model beside the model', () => {
    for (const clicks of [1, 2])
      expect(mountFigure(EmergenceLens, { clicks }).findAll('circle.model')).toHaveLength(arithmeticModels.length)
  })

  const widths = (figure: ReturnType<typeof mountFigure>) => figure.findAll('.widths tbody tr').map(row => row.findAll('th span, small, td').map(cell => cell.text()))

  it('says at last what the shift does not explain: the widths that were measured, and the model’s between the same levels', () => {
    const figure = mountFigure(EmergenceLens, { clicks: 2 })
    expect(widths(figure)).toEqual([['Falcon', '.003 → .98', '2.1', '7.2'], ['Qwen1.5', '.30 → .97', '0.9', '4.6']])
    expect(figure.text()).toContain('It does not explain how steep this one is')
    expect(figure.get('p.visually-hidden').text()).toContain('From 10 to 90 per cent the model takes 3.8')
  })

  it('sets Du et al. and Ruan et al. beside Schaeffer et al.', () => {
    const figure = mountFigure(EmergenceLens, { clicks: 2 })
    expect(figure.findAll('.finding strong').map(who => who.text())).toEqual(['Schaeffer et al. 2023', 'Du et al. 2024', 'Ruan et al. 2024'])
    expect(figure.find('[data-source]').attributes('data-source')).toContain('du2024')
  })

  it('stays wider than what was measured at every exponent there is to choose, and draws both from one start', async () => {
    const figure = mountFigure(EmergenceLens, { clicks: 2 })
    for (let stop = 0; stop < 14; stop++) {
      await figure.find('input').setValue(String(stop))
      for (const [, , measured, model] of widths(figure))
        expect(Number(model), `α number ${stop}`).toBeGreaterThan(Number(measured))
      expect(brokenValues(figure)).toEqual([])
    }
    const starts = figure.findAll('path.modelled').map(path => /^M([\d.]+),([\d.]+)/.exec(path.attributes('d') ?? '')?.slice(1).map(Number))
    const first = figure.findAll('path.family').map(path => /^M([\d.]+),([\d.]+)/.exec(path.attributes('d') ?? '')?.slice(1).map(Number))
    expect(starts).toHaveLength(2)
    starts.forEach((start, i) => start?.forEach((at, axis) => expect(at).toBeCloseTo(first[i]![axis]!, 2)))
  })

  it('answers to the length of the answer until the click turns it away', async () => {
    const figure = mountFigure(EmergenceLens, { clicks: 1 })
    await setLength(figure, 5)
    expect(figure.get('p.visually-hidden').text()).toContain('exact match over 5 tokens')
    expect(figure.text()).toContain('2.0 decades')
    await figure.setClicks(0)
    expect(figure.get('p.visually-hidden').text()).not.toContain('5 tokens')
    expect(figure.find('input').exists()).toBe(false)
  })

  it('has no shift to draw for one token', async () => {
    const figure = mountFigure(EmergenceLens, { clicks: 1 })
    await setLength(figure, 1)
    expect(figure.find('.arrow').exists()).toBe(false)
    expect(figure.text()).toContain('1 token')
    expect(brokenValues(figure)).toEqual([])
  })

  it('does not answer when it is a preview', async () => {
    const figure = mountFigure(EmergenceLens, { clicks: 1, renderContext: 'previewNext' })
    const before = figure.get('p.visually-hidden').text()
    await setLength(figure, 3)
    expect(figure.get('p.visually-hidden').text()).toBe(before)
  })

  it('has no control in print and says the parameters in words', () => {
    const figure = mountFigure(EmergenceLens, { clicks: 1, print: true })
    expect(figure.find('input').exists()).toBe(false)
    expect(figure.text()).toContain('answer of 20 tokens; α = 0.35')
    expect(figure.find('.animated').exists()).toBe(false)
    const last = mountFigure(EmergenceLens, { clicks: 99, print: true })
    expect(last.find('input').exists()).toBe(false)
    expect(last.find('figcaption').text()).toContain('α = 0.35 is illustrative')
  })

  it('does not move when motion is not welcome', () => {
    expect(mountFigure(EmergenceLens, { reducedMotion: true }).find('.animated').exists()).toBe(false)
    expect(mountFigure(EmergenceLens).find('.animated').exists()).toBe(true)
  })

  const bars = (figure: ReturnType<typeof mountFigure>) => figure.findAll('line.bar').map(bar => Number(bar.attributes('x2')) - Number(bar.attributes('x1')))
  const movedBy = (style: string | undefined) => Number(/translate(?:X)?\(([\d.]+)px/.exec(style ?? '')?.[1])

  it('lays the one-token curve and its bar on those of the whole answer, by the shift and nothing else', async () => {
    const figure = mountFigure(EmergenceLens, { clicks: 1 })
    expect(figure.find('.ghosts.laid').exists()).toBe(false)
    await figure.findAll('button').find(button => button.text() === 'lay them on each other')?.trigger('click')
    const main = figure.find('.bar.main')
    const ghost = figure.find('line.ghost')
    const moved = movedBy(ghost.attributes('style'))
    expect(Number(ghost.attributes('x1')) + moved).toBeCloseTo(Number(main.attributes('x1')), 6)
    expect(Number(ghost.attributes('x2')) + moved).toBeCloseTo(Number(main.attributes('x2')), 6)
    expect(movedBy(figure.find('path.ghost').attributes('style'))).toBeCloseTo(moved, 6)
    expect(figure.find('.statement').text()).toBe('Laid on each other: one curve.')
    await figure.setClicks(0)
    await figure.setClicks(1)
    expect(figure.find('.ghosts.laid').exists()).toBe(false)
  })

  it.each(Array.from({ length: 14 }, (_, stop) => stop))('keeps every climb whole and equally wide at α number %i', async (stop) => {
    const figure = mountFigure(EmergenceLens, { clicks: 1 })
    for (const tokens of [2, 30]) {
      await setLength(figure, tokens)
      await figure.find('input[aria-label="Exponent alpha"]').setValue(String(stop))
      expect(new Set(bars(figure).map(width => width.toFixed(6))).size).toBe(1)
      for (const bar of figure.findAll('line.bar')) {
        expect(Number(bar.attributes('x1'))).toBeGreaterThanOrEqual(40)
        expect(Number(bar.attributes('x2'))).toBeLessThanOrEqual(574)
      }
      expect(brokenValues(figure)).toEqual([])
    }
  })

  it.each([[0, '26.8'], [1, '17.6'], [2, '14.1']])('says at the Kaplan-like α number %i that nothing jumps', async (stop, decades) => {
    const figure = mountFigure(EmergenceLens, { clicks: 1 })
    await figure.find('input[aria-label="Exponent alpha"]').setValue(String(stop))
    expect(figure.find('figcaption').text()).toContain('is Kaplan-like')
    expect(figure.find('.beside').text()).toContain('takes 14–27 decades: no jump')
    expect(figure.text()).toContain(`takes ${decades} decades, for each`)
  })

  it('puts the chosen metric in front: token accuracy is the curve of one token', async () => {
    const figure = mountFigure(EmergenceLens, { clicks: 1 })
    const front = () => Number(figure.find('.bar.main').attributes('x1'))
    const exact = front()
    await figure.findAll('button').find(button => button.text() === 'token accuracy')?.trigger('click')
    expect(front()).toBe(Math.min(...figure.findAll('line.bar').map(bar => Number(bar.attributes('x1')))))
    expect(front()).toBeLessThan(exact)
    expect(figure.find('.beside').text()).toContain('3.7 decades earlier and is just as wide')
  })

  it.each([[Number.NaN, -1], [1e9, 0], [-3, 0.351]])('draws the law within its limits when another window says %d tokens and α = %d', (tokens, alpha) => {
    sharedFigures.state['metric'] = { page: 1, step: 1, inputs: { length: tokens, alpha } }
    const figure = mountFigure(EmergenceLens, { clicks: 1, keepShared: true })
    expect(brokenValues(figure)).toEqual([])
    expect(figure.find('figcaption').text()).toContain('α = 0.35')
  })

  it('has no broken value at any step', () => {
    for (const clicks of [0, 1, 2])
      expect(brokenValues(mountFigure(EmergenceLens, { clicks }))).toEqual([])
  })
})
