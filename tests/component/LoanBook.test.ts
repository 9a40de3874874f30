import type { Loan } from '../../data/loan-book.ts'
import type { MountedFigure } from '#live-figures/testing'
import { afterEach, describe, expect, it } from 'vitest'
import { nextTick } from 'vue'
import LoanBook from '../../components/LoanBook.vue'
import BlockDiagram from '../../components/loan-book/BlockDiagram.vue'
import RowStory from '../../components/loan-book/RowStory.vue'
import { rowInWords, whoSays } from '../../components/loan-book/words.ts'
import { blockParts, countOutcomes, loanOf, loans } from '../../data/loan-book.ts'
import { answer, readingPages, rowsShown, windowHolding } from '../../lab/loan-query.ts'
import { brokenValues, mountFigure } from '#live-figures/testing'

let figure: MountedFigure

function mountTable(options: Parameters<typeof mountFigure>[1] = {}): MountedFigure {
  figure = mountFigure(LoanBook, options)
  return figure
}

afterEach(() => figure.unmount())

const names = () => figure.findAll('.opener').map(opener => opener.text())
const summary = () => figure.get('[data-summary]').text()
const button = (label: string) => {
  const found = figure.findAll('button').find(candidate => candidate.text() === label || candidate.attributes('aria-label') === label)
  if (!found)
    throw new Error(`No button “${label}” among ${figure.findAll('button').map(candidate => candidate.text()).join(', ')}.`)
  return found
}
const header = (label: string) => {
  const found = figure.findAll('thead th').find(candidate => candidate.text().startsWith(label))
  if (!found)
    throw new Error(`No column “${label}”.`)
  return found
}
const press = (key: string) => {
  window.dispatchEvent(new KeyboardEvent('keydown', { key }))
  return nextTick()
}
const namesOf = (rows: readonly { name: string }[]) => rows.map(row => row.name)

describe('the live table, click by click', () => {
  it('begins with the first rows in the order of the book, and with the picture of how many stand where', () => {
    mountTable()
    expect(names()).toEqual(namesOf(loans.slice(0, rowsShown)))
    expect(figure.text()).toContain(`1–${rowsShown} of ${loans.length}`)
    expect(summary()).toContain(`All ${loans.length} simplifications, by what became of them. Rows 1–${rowsShown} of ${loans.length} are shown.`)
    expect(figure.findAll('.counts .group').map(group => [group.get('strong').text(), group.findAll('svg').length]))
      .toEqual(countOutcomes().map(({ count }) => [String(count), count]))
  })

  it('shows what saves on the KV cache at click 1', async () => {
    mountTable()
    await figure.setClicks(1)
    const saving = loans.filter(row => row.saves.includes('KV cache'))
    expect(button('KV cache').attributes('aria-pressed')).toBe('true')
    expect(names()).toEqual(namesOf(saving.slice(0, rowsShown)))
    expect(summary()).toContain(`${saving.length} of ${loans.length} simplifications, that save on KV cache`)
  })

  it('opens Mamba among all rows at click 2, with its story and its diagram', async () => {
    mountTable()
    await figure.setClicks(2)
    const first = windowHolding(loans.indexOf(loanOf('mamba')))
    expect(names()).toEqual(namesOf(loans.slice(first, first + rowsShown)))
    expect(figure.get('[aria-expanded="true"]').text()).toBe('Mamba')
    const mamba = loanOf('mamba')
    expect(figure.get('section.story').text()).toContain(`Out: ${mamba.takesOut.join(', ')}.`)
    expect(summary()).toContain(`Open: ${rowInWords(mamba)}`)
  })

  it('shows no broken value in any state of its clicks', async () => {
    mountTable()
    for (const click of [0, 1, 2, 9]) {
      await figure.setClicks(click)
      expect(brokenValues(figure)).toEqual([])
    }
  })

  it('takes the next click back to the plan, whatever was asked before', async () => {
    mountTable()
    await figure.get('input').setValue('fourier')
    expect(names()).toEqual(['FNet'])
    await figure.setClicks(1)
    expect(names()[0]).toBe(loans.find(row => row.saves.includes('KV cache'))?.name)
  })
})

describe('asking the live table', () => {
  it('sorts by a column: ascending, descending, then the order of the talk again', async () => {
    mountTable()
    const year = () => header('year')
    expect(year().attributes('aria-sort')).toBe('none')
    await year().get('button').trigger('click')
    expect(year().attributes('aria-sort')).toBe('ascending')
    expect(names()[0]).toBe(answer({ sort: 'year', descending: false, became: null, saves: null, extent: null, search: '' })[0]?.name)
    expect(summary()).toContain('sorted by year, ascending')
    await year().get('button').trigger('click')
    expect(year().attributes('aria-sort')).toBe('descending')
    expect(figure.findAll('.year').map(cell => Number.parseInt(cell.text()))[0]).toBe(Math.max(...loans.map(row => row.year)))
    await year().get('button').trigger('click')
    expect(year().attributes('aria-sort')).toBe('none')
    expect(names()).toEqual(namesOf(loans.slice(0, rowsShown)))
  })

  it('sorts by every column as the pure query does', async () => {
    mountTable()
    const labels = { 'simplification': 'name', 'year': 'year', 'what goes': 'change', 'what the': 'assumes', 'what became': 'became' } as const
    for (const [label, sort] of Object.entries(labels)) {
      await header(label).get('button').trigger('click')
      expect(names(), label).toEqual(namesOf(answer({ sort, descending: false, became: null, saves: null, extent: null, search: '' }).slice(0, rowsShown)))
    }
  })

  it('joins filters and search, and says how many rows are left', async () => {
    mountTable()
    await button('KV cache').trigger('click')
    await button('partial').trigger('click')
    await figure.get('input').setValue('cross')
    const left = answer({ sort: null, descending: false, became: null, saves: 'KV cache', extent: 'partial', search: 'cross' })
    expect(left.length).toBeGreaterThan(0)
    expect(names()).toEqual(namesOf(left))
    expect(summary()).toContain(`${left.length} of ${loans.length} simplifications`)
    await button('KV cache').trigger('click')
    expect(button('KV cache').attributes('aria-pressed')).toBe('false')
  })

  it('says so when nothing answers', async () => {
    mountTable()
    await figure.get('input').setValue('perceiver')
    expect(names()).toEqual([])
    expect(figure.text()).toContain('Nothing in the table answers to that.')
    expect(summary()).toContain(`0 of ${loans.length} simplifications`)
    expect(brokenValues(figure)).toEqual([])
  })

  it('clears the search by its own button', async () => {
    mountTable()
    await figure.get('input').setValue('fourier')
    await button('Clear the search').trigger('click')
    expect(figure.get<HTMLInputElement>('input').element.value).toBe('')
    expect(figure.text()).toContain(`1–${rowsShown} of ${loans.length}`)
  })

  it('turns its rows by the pager and stops at both ends', async () => {
    mountTable()
    expect(button('Previous rows').attributes('aria-disabled')).toBe('true')
    for (let turn = 0; turn < loans.length / rowsShown; turn++)
      await button('Next rows').trigger('click')
    expect(figure.text()).toContain(`${loans.length - rowsShown + 1}–${loans.length} of ${loans.length}`)
    expect(names().at(-1)).toBe(loans.at(-1)?.name)
    expect(button('Next rows').attributes('aria-disabled')).toBe('true')
    await button('Previous rows').trigger('click')
    expect(names()).toEqual(namesOf(loans.slice(-2 * rowsShown, -rowsShown)))
  })

  it('begins at the first row again when something else is asked', async () => {
    mountTable()
    await button('Next rows').trigger('click')
    await button('full').trigger('click')
    expect(figure.text()).toContain(`1–${rowsShown} of ${loans.filter(row => row.extent === 'full').length}`)
  })

  it('filters by what became of the loans, in the picture of the counts', async () => {
    mountTable()
    const refinanced = () => figure.findAll('.counts .group').find(group => group.text().includes('refinanced'))!
    await refinanced().trigger('click')
    expect(refinanced().attributes('aria-pressed')).toBe('true')
    expect(names()).toEqual(namesOf(loans.filter(row => row.became.outcome === 'refinanced').slice(0, rowsShown)))
    await refinanced().trigger('click')
    expect(names()).toEqual(namesOf(loans.slice(0, rowsShown)))
  })
})

describe('opening rows', () => {
  it('opens each row with all it has to say, and draws what goes', async () => {
    mountTable()
    for (const row of loans) {
      await figure.get('input').setValue(row.name)
      await figure.get(`[data-opener="${row.id}"]`).trigger('click')
      const story = figure.get('section.story').text()
      for (const words of [row.goes, row.stays, row.result, row.conditions, row.lost, row.assumes, row.buys, row.due, row.became.words])
        expect(story, row.id).toContain(words)
      for (const check of row.checks)
        expect(story, row.id).toContain(check.what)
      expect(figure.findAll('.diagram .out').length > 0, row.id).toBe(row.takesOut.length > 0)
      expect(figure.findAll('.diagram .back').length > 0, row.id).toBe(row.putsBack !== undefined)
      expect(brokenValues(figure)).toEqual([])
      await figure.get(`[data-opener="${row.id}"]`).trigger('click')
      expect(figure.find('section.story').exists()).toBe(false)
    }
  })

  it('draws each part that goes: without it the drawing is another', () => {
    const drawn = (row: Loan) => {
      figure = mountFigure(BlockDiagram, { props: { row, animated: false } })
      const drawing = figure.get('svg').html()
      figure.unmount()
      return drawing
    }
    for (const part of blockParts) {
      const rows = (['encoder–decoder', 'decoder-only', 'encoder-only'] as const).map(base => ({ ...loans[0]!, base, takesOut: [part] }))
      expect(rows.some(row => drawn(row) !== drawn({ ...row, takesOut: [] })), part).toBe(true)
    }
    for (const row of loans.filter(({ base }) => base)) {
      for (const part of row.takesOut)
        expect(drawn(row), `${row.id}: ${part}`).not.toBe(drawn({ ...row, takesOut: row.takesOut.filter(other => other !== part) }))
    }
    mountTable()
  })

  it.each(['verified', 'unverified'] as const)('sets apart who says it from how it was checked, where all is %s', (how) => {
    const row: Loan = { ...loanOf('mamba'), checks: [{ what: 'the paper', how }, { what: 'the prize', how }] }
    figure = mountFigure(RowStory, { props: { row, live: false, animated: false } })
    expect(figure.element.textContent).toContain(`${whoSays(row)} ${how}: the paper ${how}: the prize`)
  })

  it('ties the opener to the story it opens', async () => {
    mountTable()
    const opener = figure.get('[data-opener="gqa"]')
    expect(opener.attributes('aria-expanded')).toBe('false')
    await opener.trigger('click')
    expect(opener.attributes('aria-expanded')).toBe('true')
    expect(opener.attributes('aria-controls')).toBe(figure.get('section.story').attributes('id'))
  })

  it('closes on Escape and by its button', async () => {
    mountTable({ clicks: 2 })
    await press('Escape')
    expect(figure.find('section.story').exists()).toBe(false)
    await figure.get('[data-opener="mamba"]').trigger('click')
    await button('Close the row').trigger('click')
    expect(figure.find('section.story').exists()).toBe(false)
  })

  it('is back on the row that was closed when the keyboard closed it', async () => {
    mountTable({ clicks: 2 })
    await button('Close the row').trigger('keydown', { key: 'Enter' })
    await nextTick()
    expect(document.activeElement).toBe(figure.get('[data-opener="mamba"]').element)
  })

  it('stays on the open row when the order changes', async () => {
    mountTable({ clicks: 2 })
    await header('simplification').get('button').trigger('click')
    expect(names()).toContain('Mamba')
    expect(figure.get('[aria-expanded="true"]').text()).toBe('Mamba')
  })

  it('does not hear Escape while another slide is shown', async () => {
    mountTable({ clicks: 2 })
    await figure.leave()
    await press('Escape')
    expect(figure.find('section.story').exists()).toBe(true)
  })

  it('spends an Escape on the open row, so that the focus stays for the next one', async () => {
    mountTable({ clicks: 2 })
    const event = new KeyboardEvent('keydown', { key: 'Escape', cancelable: true })
    window.dispatchEvent(event)
    expect(event.defaultPrevented).toBe(true)
    const next = new KeyboardEvent('keydown', { key: 'Escape', cancelable: true })
    window.dispatchEvent(next)
    expect(next.defaultPrevented).toBe(false)
  })
})

describe('the table where it must not move', () => {
  it.each(['previewNext', 'overview'] as const)('shows its click and answers to nothing in %s', async (renderContext) => {
    mountTable({ renderContext, clicks: 1 })
    const before = figure.text()
    await figure.get('.opener').trigger('click')
    await button('partial').trigger('click')
    await header('year').get('button').trigger('click')
    await press('Escape')
    expect(figure.text()).toBe(before)
  })

  it(`prints all ${loans.length} rows without controls and says where the rest is`, () => {
    mountTable({ print: true, clicks: 2 })
    expect(figure.findAll('button, input')).toHaveLength(0)
    for (const row of loans)
      expect(figure.text()).toContain(row.name)
    expect(figure.text()).toContain(`All ${loans.length} by what became of them`)
    expect(figure.text()).toContain('pages at the end')
    expect(brokenValues(figure)).toEqual([])
  })

  it('prints each click as it is, where each is a page: the list, the rows of the filter in it, the open row', () => {
    mountTable({ print: 'clicks', clicks: 0 })
    const list = figure.html()
    expect(figure.findAll('.pale')).toHaveLength(0)
    figure.unmount()
    mountTable({ print: 'clicks', clicks: 1 })
    const saving = loans.filter(row => row.saves.includes('KV cache'))
    expect(figure.findAll('tbody tr:not(.pale)').map(row => row.get('.name').text().replace(' *', ''))).toEqual(saving.map(({ name }) => name))
    expect(figure.text()).toContain(`${saving.length} of ${loans.length} simplifications`)
    figure.unmount()
    mountTable({ print: 'clicks', clicks: 2 })
    expect(figure.get('section.story').text()).toContain('Mamba')
    expect(figure.findAll('input')).toHaveLength(0)
    figure.unmount()
    mountTable({ print: true, clicks: 0 })
    expect(figure.html()).toBe(list)
  })

  it('shows the same under reduced motion', () => {
    mountTable({ reducedMotion: true, clicks: 2 })
    expect(figure.get('section.story').text()).toContain('Mamba')
    expect(figure.find('.animated').exists()).toBe(false)
    figure.unmount()
    mountTable({ clicks: 2 })
    expect(figure.find('.animated').exists()).toBe(true)
  })
})

describe('the pages for reading', () => {
  it('gives every field of every row on the reading pages', () => {
    for (const [index, ids] of readingPages.entries()) {
      mountTable({ props: { page: index + 1 } })
      expect(figure.findAll('tbody')).toHaveLength(ids.length)
      for (const row of loans.filter(candidate => ids.includes(candidate.id))) {
        for (const words of [row.name, row.goes, row.stays, row.result, row.conditions, row.lost, row.extent, row.assumes, row.buys, row.due, row.became.words])
          expect(figure.text(), row.id).toContain(words)
      }
      expect(brokenValues(figure)).toEqual([])
      if (index < readingPages.length - 1)
        figure.unmount()
    }
  })
})
