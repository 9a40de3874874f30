/** What a figure says to those who do not see it: its text for others to read, its data on demand, and what is announced. */
import type { VueWrapper } from '@vue/test-utils'
import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h, nextTick, ref } from 'vue'
import Announcer from '../parts/Announcer.vue'
import FigureFrame from '../parts/FigureFrame.vue'
import { useFigureText } from '../figure/text.ts'
import { createSlideDouble, slideDoubleKey } from '../testing/slidev-client.ts'
import { mountFigure } from '../testing/mount.ts'

const loss = ref(2.4)
const made = vi.fn(() => [{ caption: 'Loss', columns: ['model', 'loss, nats'], rows: [['small', loss.value.toFixed(1)]] }])

/** A figure whose loss changes. */
const Figure = defineComponent({
  setup: () => () => h(FigureFrame, { caption: 'Loss of a model.', summary: `The loss is ${loss.value}.`, tables: made, sources: ['deck'] }, () => h('button', 'control')),
})

const textOf = (page: number) => useFigureText(page).value

let figure: VueWrapper
beforeEach(() => {
  loss.value = 2.4
  made.mockClear()
})
afterEach(() => figure.unmount())

describe('the text of a figure', () => {
  it('is known by the number of its slide while the figure is there, and true at every moment', async () => {
    figure = mountFigure(Figure)
    expect(textOf(1)?.caption).toBe('Loss of a model.')
    expect(textOf(1)?.summary).toBe('The loss is 2.4.')
    loss.value = 2.1
    await nextTick()
    expect(textOf(1)?.summary).toBe('The loss is 2.1.')
    expect(textOf(1)?.tables[0]?.rows).toEqual([['small', '2.1']])
    expect(textOf(2)).toBeUndefined()
    figure.unmount()
    expect(textOf(1)).toBeUndefined()
  })

  it('has its tables made only for somebody who reads them', async () => {
    figure = mountFigure(Figure)
    loss.value = 2.1
    await nextTick()
    expect(made).not.toHaveBeenCalled()
    expect(textOf(1)?.tables).toHaveLength(1)
    expect(made).toHaveBeenCalledTimes(1)
  })

  it.each([['the next preview', { renderContext: 'previewNext' }], ['the overview', { renderContext: 'overview' }], ['print', { print: true }]] as const)('is not given out from %s, and the data cannot be opened there', (_, where) => {
    figure = mountFigure(Figure, where)
    expect(textOf(1)).toBeUndefined()
    expect(figure.find('.data-control').exists()).toBe(false)
    expect(figure.get('figure').attributes('aria-describedby')).toBe(figure.get('[data-summary]').attributes('id'))
  })
})

describe('the data of a figure', () => {
  const control = () => figure.get<HTMLButtonElement>('.data-control')

  it('opens as a table with headings for columns and rows, and follows the figure', async () => {
    figure = mountFigure(Figure)
    expect(figure.find('table').exists()).toBe(false)
    await control().trigger('click', { detail: 1 })
    expect(control().attributes('aria-expanded')).toBe('true')
    expect(figure.get('caption').text()).toBe('Loss')
    expect(figure.findAll('th[scope=col]').map(cell => cell.text())).toEqual(['model', 'loss, nats'])
    expect(figure.get('th[scope=row]').text()).toBe('small')
    expect(figure.get('td').text()).toBe('2.4')
    loss.value = 1.9
    await nextTick()
    expect(figure.get('td').text()).toBe('1.9')
  })

  it('takes the focus of those who come by keyboard, and brings it back on Escape; a pointer leaves the keys to the talk', async () => {
    figure = mountFigure(Figure)
    await control().trigger('click', { detail: 1 })
    await nextTick()
    expect(document.activeElement).toBe(document.body)
    await control().trigger('click', { detail: 1 })

    control().element.focus()
    await control().trigger('click', { detail: 0 })
    await nextTick()
    expect(document.activeElement).toBe(figure.get('.data-sheet').element)
    await figure.get('.data-sheet').trigger('keydown', { key: 'Escape' })
    expect(figure.find('.data-sheet').exists()).toBe(false)
    expect(document.activeElement).toBe(control().element)
  })

  it('closes when the page is turned', async () => {
    const turned = mountFigure(Figure)
    figure = turned
    await control().trigger('click', { detail: 1 })
    await turned.leave()
    await nextTick()
    expect(figure.find('.data-sheet').exists()).toBe(false)
  })
})

describe('the announcer', () => {
  const slide = createSlideDouble()
  slide.slides.value = ['One', 'Two', 'Three'].map((title, index) => ({ no: index + 1, meta: { slide: { title, frontmatter: {} } } }))
  const Page = defineComponent({ setup: () => () => [h(Figure), h(Announcer)] })

  beforeEach(() => {
    vi.useFakeTimers()
    slide.currentPage.value = 1
    figure = mount(Page, { global: { provide: { [slideDoubleKey]: slide } } })
  })
  afterEach(() => vi.useRealTimers())

  const said = (what: 'slide' | 'figure') => figure.get(`[data-said=${what}]`).text()

  it('is silent at first, then names the slide that was turned to', async () => {
    expect([said('slide'), said('figure')]).toEqual(['', ''])
    slide.currentPage.value = 2
    await nextTick()
    expect(said('slide')).toBe('Slide 2 of 3: Two')
    expect(figure.findAll('[aria-live=polite]')).toHaveLength(2)
  })

  it('tells a figure that changes once, when it has come to rest', async () => {
    const heard = new Set<string>()
    for (let i = 0; i < 20; i++) {
      loss.value = Number((2.4 - i / 100).toFixed(2))
      await nextTick()
      vi.advanceTimersByTime(100)
      await nextTick()
      heard.add(said('figure'))
    }
    expect([...heard]).toEqual([''])
    expect(figure.get('[data-summary]').text()).toBe('The loss is 2.21.')
    vi.advanceTimersByTime(700)
    await nextTick()
    expect(said('figure')).toBe('The loss is 2.21.')
  })

  it('says nothing of a figure whose slide has been left', async () => {
    loss.value = 2.0
    await nextTick()
    slide.currentPage.value = 3
    await nextTick()
    loss.value = 1.5
    await nextTick()
    vi.advanceTimersByTime(2000)
    await nextTick()
    expect(said('figure')).toBe('')
    expect(said('slide')).toBe('Slide 3 of 3: Three')
  })
})
