import type { Loan } from '../../data/loan-book.ts'
import type { ColumnId, LoanQuery } from '../../lab/loan-query.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { claims } from '../../data/claims.ts'
import { chungsSteps, countOutcomes, extents, loanOf, loans, namedByPost, outcomes, savings } from '../../data/loan-book.ts'
import { sourceOf } from '../../data/sources.ts'
import { answer, caution, columns, describeAnswer, furtherSources, matchesSearch, publication, readingPages, savesWords, windowHolding, windowOf, yearNote } from '../../lab/loan-query.ts'

const everything: LoanQuery = { sort: null, descending: false, became: null, saves: null, extent: null, search: '' }
const ids = (query: Partial<LoanQuery>) => answer({ ...everything, ...query }).map(row => row.id)
const outcomeNames = Object.keys(outcomes) as (keyof typeof outcomes)[]

const queries = fc.record({
  sort: fc.constantFrom<(ColumnId | null)[]>(null, ...columns.map(column => column.id)),
  descending: fc.boolean(),
  became: fc.constantFrom(null, ...outcomeNames),
  saves: fc.constantFrom(null, ...savings),
  extent: fc.constantFrom(null, ...extents),
  search: fc.constantFrom('', 'mqa', 'attention', 'KV cache', 'llama', '2405', 'nothing at all'),
})

/** How many rows there are; a row more should not turn tests red that are about something else. */
const total = loans.length

/** As many characters as each text has room for on the slide. */
const room: Readonly<Record<string, number>> = { name: 27, goes: 40, stays: 40, assumes: 66, buys: 90, due: 130, result: 180, conditions: 130, lost: 190 }

describe('the loan book', () => {
  it('has an id of its own for each row, and texts that have room on the slide', () => {
    expect(new Set(loans.map(row => row.id)).size).toBe(total)
    for (const row of loans) {
      expect(row.id).toMatch(/^[a-z0-9-]+$/)
      expect(row.became.brief.length, `${row.id}, became.brief`).toBeLessThanOrEqual(24)
      expect(row.became.words.length, `${row.id}, became.words`).toBeLessThanOrEqual(150)
      for (const [field, most] of Object.entries(room)) {
        const text = String(row[field as keyof typeof row])
        expect(text.trim().length, `${row.id}, ${field}`).toBeGreaterThan(2)
        expect(text.length, `${row.id}, ${field}: “${text}”`).toBeLessThanOrEqual(most)
      }
    }
  })

  it('names as many models as the entry asks for', () => {
    for (const { id, became } of loans)
      expect(became.models.length, `${id} is “${became.outcome}”: ${outcomes[became.outcome].test}`).toBeGreaterThanOrEqual(outcomes[became.outcome].names)
  })

  it('is sorted by what became of the loans, and counts each row once', () => {
    const places = loans.map(row => outcomeNames.indexOf(row.became.outcome))
    expect(places).toEqual([...places].sort((a, b) => a - b))
    expect(countOutcomes().map(({ outcome }) => outcome)).toEqual(outcomeNames)
    expect(countOutcomes().reduce((sum, { count }) => sum + count, 0)).toBe(total)
  })

  it('gives every entry of what can become of a loan at least one row, so that none is a mere word', () => {
    expect(countOutcomes().filter(({ count }) => count === 0)).toEqual([])
  })

  it('takes the steps of the lecture from the lecture, each once', () => {
    expect(chungsSteps.map(row => row.step)).toEqual(chungsSteps.map((_, index) => index + 1))
    expect(chungsSteps.every(row => row.sources[0] === 'cs25' && row.says === 'chung')).toBe(true)
  })

  it('holds every paper that the post lists against Chung', () => {
    expect([...new Set(loans.filter(namedByPost).map(row => row.claim))].sort()).toEqual(Object.keys(claims).filter(claim => /^P12[a-z]/.test(claim)))
  })

  it('carries the year of its own source, and says what is not verified wherever a source is not', () => {
    for (const row of loans) {
      // MiniMax is told by several models; its year is that of the removal that was put back.
      expect(row.year, row.id).toBe(sourceOf(row.sources[0]).year)
      if (row.sources.every(id => sourceOf(id).verification !== 'verified'))
        expect(caution(row), row.id).not.toBe('')
    }
  })

  it('takes something out of the diagram wherever it has one, unless the removal was taken back', () => {
    for (const row of loans) {
      expect(row.base === undefined || row.takesOut.length > 0 || row.became.outcome === 'put back', row.id).toBe(true)
    }
  })

  it('recounts the cache of DeepSeek-V2 as its row says', () => {
    // Layers × values × bits: 60 layers of 512 + 64 values against 95 layers of 2 · 8 · 128.
    const cache = (layers: number, values: number, bits: number) => layers * values * bits
    const whole = 1 - cache(60, 576, 6) / cache(95, 2048, 16)
    const equal = 1 - cache(60, 576, 16) / cache(95, 2048, 16)
    expect((100 * whole).toFixed(2)).toBe('93.34')
    expect((100 * equal).toFixed(1)).toBe('82.2')
    expect(loanOf('mla').result).toMatch(/−93\.3.*−82\.2/)
  })

  it('names an unknown row in the error', () => {
    expect(() => loanOf('transformer-xl')).toThrow(/“transformer-xl”.*mamba/)
  })
})

describe('asking the table', () => {
  it('keeps the order of the book when nothing is asked', () => {
    expect(answer(everything)).toEqual(loans)
  })

  it('sorts by year from the oldest on, equal years in the order of the book, and back', () => {
    const years = answer({ ...everything, sort: 'year' })
    expect(years.map(row => row.year)).toEqual(loans.map(row => row.year).sort((a, b) => a - b))
    for (const year of new Set(loans.map(row => row.year)))
      expect(years.filter(row => row.year === year)).toEqual(loans.filter(row => row.year === year))
    expect(answer({ ...everything, sort: 'year', descending: true })[0]?.year).toBe(Math.max(...loans.map(row => row.year)))
  })

  it('finds a row by any of its words, its models and the authors, venue and number of its papers, in any case and order', () => {
    fc.assert(fc.property(fc.constantFrom(...loans), fc.integer(), (row, seed) => {
      const papers = row.sources.flatMap(id => [sourceOf(id).short, sourceOf(id).arxiv ?? '', sourceOf(id).venue ?? ''])
      const words = [row.name, row.goes, row.stays, row.due, row.result, row.became.outcome, ...row.became.models, ...papers].join(' ').split(/\s+/)
      const search = [words[Math.abs(seed) % words.length]!.toUpperCase(), words[Math.abs(seed * 7 + 3) % words.length]!.toLowerCase()].join('   ')
      expect(ids({ search: ` ${search} ` }), search).toContain(row.id)
    }))
    expect(ids({ search: 'no such thing' })).toEqual([])
  })

  it('keeps every number on the line of its per cent sign, and finds it with any space, hyphen and apostrophe', () => {
    expect(loans.filter(row => / %/.test(JSON.stringify(row)))).toEqual([])
    const row: Loan = { ...loans[0]!, result: 'Cache −93.3\u00A0% in BERT’s layers.' }
    for (const search of ['93.3 %', '-93.3', 'bert\'s'])
      expect(matchesSearch(row, search), search).toBe(true)
  })

  it('answers every query with exactly the rows that meet it, each once, in order', () => {
    fc.assert(fc.property(queries, (query) => {
      const rows = answer(query)
      const wanted = loans.filter(row =>
        (query.became === null || row.became.outcome === query.became)
        && (query.saves === null || row.saves.includes(query.saves))
        && (query.extent === null || row.extent === query.extent)
        && matchesSearch(row, query.search))
      expect(new Set(rows)).toEqual(new Set(wanted))
      expect(rows).toHaveLength(wanted.length)
      for (const [index, row] of rows.entries()) {
        const next = rows[index + 1]
        const by = columns.find(({ id }) => id === query.sort)?.by
        if (next && by)
          expect(query.descending ? by(row) >= by(next) : by(row) <= by(next)).toBe(true)
      }
    }))
  })

  it('says count and order in words', () => {
    expect(describeAnswer({ ...everything, sort: 'year' }, 7)).toBe(`7 of ${total} simplifications, sorted by year, ascending`)
    expect(describeAnswer(everything, total)).toBe(`All ${total} simplifications, by what became of them`)
    expect(describeAnswer({ ...everything, became: 'refinanced', saves: 'KV cache', extent: 'partial', search: ' mqa ', sort: 'became', descending: true }, 3))
      .toBe(`3 of ${total} simplifications, refinanced, that save on KV cache, partial removals only, with “mqa”, sorted by what became of it, descending`)
    expect(describeAnswer({ ...everything, saves: 'an assumption' }, 6)).toContain('that save an assumption')
  })

  it('qualifies what is saved where the word alone would mislead', () => {
    const row: Loan = { ...loans[0]!, saves: ['training FLOPs', 'KV cache'], savesNote: undefined }
    expect(savesWords(row)).toBe('training FLOPs, KV cache')
    expect(savesWords(row, true)).toBe('training, KV cache')
    expect(savesWords({ ...row, savesNote: 'bits only' })).toBe('training FLOPs, KV cache: bits only')
  })

  it('gives year, venue and identifier of the row’s own paper, the year once, and the others in short', () => {
    for (const row of loans) {
      const [own, ...others] = row.sources.map(sourceOf)
      const words = publication(row)
      expect(words.split(String(row.year)), words).toHaveLength(2)
      expect(words, row.id).toContain(own!.venue ?? '')
      expect(words.includes('arXiv:'), row.id).toBe(own!.arxiv !== undefined)
      expect(furtherSources(row)).toBe(others.map(({ short }) => short).join('; '))
      expect(yearNote(row)).toBe(row.sources[0] === 'cs25' ? 'lecture' : '')
    }
  })
})

describe('the window of rows', () => {
  it('pages through rows by windows and ends with a full one', () => {
    const firsts: number[] = []
    for (let first: number | null = 0; first !== null; first = windowOf(22, first, 7).next)
      firsts.push(first)
    expect(firsts).toEqual([0, 7, 14, 15])
    expect(windowOf(22, 15, 7)).toEqual({ first: 15, end: 22, previous: 8, next: null })
  })

  it('never runs over either end, is full when it can be, and always leads back to the start', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 60 }), fc.nat(90), fc.integer({ min: 1, max: 12 }), (count, first, size) => {
      const shown = windowOf(count, first, size)
      expect(shown.first).toBeGreaterThanOrEqual(0)
      expect(shown.end).toBeLessThanOrEqual(count)
      expect(shown.end - shown.first).toBe(Math.min(count, size))
      expect(shown.previous === null).toBe(shown.first === 0)
      expect(shown.next === null).toBe(shown.end === count)
      if (shown.next !== null)
        expect(shown.next).toBeGreaterThan(shown.first)
      if (shown.previous !== null)
        expect(shown.previous).toBeLessThan(shown.first)
    }))
  })

  it('opens on the window that holds a row', () => {
    expect(windowHolding(7, 7)).toBe(7)
    expect(windowHolding(6, 7)).toBe(0)
  })
})

describe('the reading pages', () => {
  it('hold every row exactly once, in the order of the book, and none is empty', () => {
    expect(readingPages.flat()).toEqual(loans.map(row => row.id))
    expect(readingPages.every(page => page.length > 0)).toBe(true)
  })
})
