import type { ColumnId, SimplificationQuery } from '../../lab/simplification-query.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { extents, namedByPost, savings, simplificationOf, simplifications } from '../../data/simplifications.ts'
import { isSourceId, sourceOf } from '../../data/sources.ts'
import { answer, caution, columns, compareRows, describeAnswer, furtherSources, matchesSearch, publication, readingPages, rowsShown, savesWords, windowHolding, windowOf, yearNote } from '../../lab/simplification-query.ts'

const everything: SimplificationQuery = { sort: null, descending: false, saves: null, extent: null, search: '' }
const ids = (query: Partial<SimplificationQuery>) => answer({ ...everything, ...query }).map(row => row.id)

const queries = fc.record({
  sort: fc.constantFrom<(ColumnId | null)[]>(null, ...columns.map(column => column.id)),
  descending: fc.boolean(),
  saves: fc.constantFrom(null, ...savings),
  extent: fc.constantFrom(null, ...extents),
  search: fc.constantFrom('', 'mqa', 'attention', 'KV cache', 'llama', '2405', 'nothing at all'),
})

/** How many rows there are; a row more should not turn tests red that are about something else. */
const total = simplifications.length

describe('the table of simplifications', () => {
  it('holds all 18 entries of the fact base: entry 1 in four rows, entry 11 in two', () => {
    const perEntry = new Map<number, number>()
    for (const { entry } of simplifications) {
      if (entry !== undefined)
        perEntry.set(entry, (perEntry.get(entry) ?? 0) + 1)
    }
    expect([...perEntry.keys()].sort((a, b) => a - b)).toEqual(Array.from({ length: 18 }, (_, index) => index + 1))
    expect([...perEntry].filter(([, rows]) => rows > 1)).toEqual([[1, 4], [11, 2]])
  })

  it('gives what each structure assumed for the four rows of the lecture and for no other', () => {
    expect(simplifications.filter(row => row.assumption).map(row => row.id)).toEqual(['shared-attention', 'shared-parameters', 'same-layer', 'one-direction'])
    expect(simplifications.filter(row => row.assumption).every(row => row.entry === 1 && row.sources[0] === 'cs25')).toBe(true)
  })

  it('marks the papers that the post lists, and only those', () => {
    expect(simplifications.filter(namedByPost).map(row => [row.id, row.claim])).toEqual([
      ['secretly-linear', 'P12a'],
      ['nope', 'P12b'],
      ['bigs', 'P12c'],
      ['mamba', 'P12c'],
      ['rwkv', 'P12c'],
      ['mlkv', 'P12d'],
    ])
  })

  it('names only sources that exist, and carries the year of its own source', () => {
    for (const row of simplifications) {
      expect(row.sources.every(isSourceId)).toBe(true)
      expect(row.year, row.id).toBe(sourceOf(row.sources[0] as string).year)
    }
  })

  it('carries the arXiv identifiers of the fact base', () => {
    const expected: Record<string, string> = {
      'secretly-linear': '2405.12250', 'nope': '2305.19466', 'bigs': '2212.10544', 'mamba': '2312.00752', 'rwkv': '2305.13048',
      'mlkv': '2406.09297', 'simplified-blocks': '2311.01906', 'dyt': '2503.10622', 'deeper-layers': '2403.17887', 'mqa': '1911.02150',
      'gqa': '2305.13245', 'mla': '2405.04434', 'cla': '2405.12981', 'yoco': '2405.05254', 'kimi-linear': '2510.26692',
      'fnet': '2105.03824', 'bitnet': '2402.17764',
    }
    const found = Object.fromEntries(simplifications.flatMap((row) => {
      const { arxiv } = sourceOf(row.sources[0] as string)
      return arxiv ? [[row.id, arxiv]] : []
    }))
    expect(found).toEqual(expected)
  })

  it('keeps the published numbers together with their conditions', () => {
    const whole = (id: string) => {
      const row = simplificationOf(id)
      return `${row.result} ${row.conditions} ${row.lost}`.replaceAll('\u00A0', ' ')
    }
    expect(whole('shared-parameters')).toMatch(/82\.81 \/ 83\.28.*80\.63 \/ 80\.88.*70\.73 \/ 71\.36.*[Bb]aseline/)
    expect(whole('secretly-linear')).toMatch(/0\.99.*residual stream is subtracted.*not that Transformers are linear maps/)
    expect(whole('nope')).toMatch(/107M parameters, trained to length 20, tested to 40.*because the decoder is causal/)
    expect(whole('mamba')).toMatch(/5x.*At 8B.*7 % attention.*2\.65 points/)
    expect(whole('mlkv')).toMatch(/6x smaller than with MQA \(not than .*\).*Pythia-160M only/)
    expect(whole('simplified-blocks')).toMatch(/15 % faster.*15 % fewer parameters.*100–300M.*Normalisation could not be dropped/)
    expect(whole('gqa')).toMatch(/5 % of its pre-training compute/)
    expect(whole('mla')).toMatch(/−93\.3 %.*5\.76x.*DeepSeek 67B.*whole systems.*not the effect of MLA alone/)
    expect(whole('kimi-linear')).toMatch(/75 %.*6x.*1M tokens.*quarter/)
    expect(whole('fnet')).toMatch(/92–97 %.*80 % faster.*length 512/)
    expect(whole('bitnet')).toMatch(/FP16 from 3B.*second-hand/)
  })

  it('tells the removal that was taken back as one that did not survive', () => {
    const row = simplificationOf('minimax-m2')
    expect(row.survives.level).toBe('no')
    expect(row.takesOut).toEqual([])
    expect(row.putsBack).toEqual(['self-attention'])
    expect(caution(row)).toBe('second-hand')
  })

  it('takes something out of the diagram in every other row', () => {
    expect(simplifications.filter(row => row.takesOut.length === 0).map(row => row.id)).toEqual(['minimax-m2'])
  })

  it('says in words what is not verified, and only there', () => {
    const cautions = Object.fromEntries(simplifications.filter(row => caution(row)).map(row => [row.id, caution(row)]))
    expect(cautions).toEqual({
      'one-direction': 'scores second-hand',
      'nope': 'use today second-hand',
      'mamba': 'venue unverified',
      'deeper-layers': 'what is lost second-hand',
      'minimax-m2': 'second-hand',
      'bitnet': 'result second-hand',
    })
  })

  it('names an unknown row in the error', () => {
    expect(() => simplificationOf('transformer-xl')).toThrow(/“transformer-xl”.*mamba/)
  })
})

describe('asking the table', () => {
  it('keeps the order of the talk when nothing is asked', () => {
    expect(answer(everything)).toEqual(simplifications)
  })

  it('leaves the nine rows that save on the KV cache', () => {
    expect(ids({ saves: 'KV cache' })).toEqual(['mamba', 'rwkv', 'mlkv', 'mqa', 'gqa', 'mla', 'cla', 'yoco', 'kimi-linear'])
  })

  it('sorts by year from MQA on, equal years in the order of the talk', () => {
    const sorted = ids({ sort: 'year' })
    expect(sorted.slice(0, 3)).toEqual(['mqa', 'fnet', 'bigs'])
    expect(sorted.filter(id => simplificationOf(id).year === 2023)).toEqual(['nope', 'mamba', 'rwkv', 'simplified-blocks', 'gqa'])
    expect(ids({ sort: 'year', descending: true })[0]).toBe('dyt')
  })

  it('finds rows by any of their words, by authors and by identifier, in any case and order', () => {
    expect(ids({ search: 'fourier' })).toEqual(['fnet'])
    expect(ids({ search: 'SHAZEER' })).toEqual(['mqa'])
    expect(ids({ search: '2405.05254' })).toEqual(['yoco'])
    expect(ids({ search: ' only   pythia ' })).toEqual(['mlkv'])
    expect(ids({ search: 'minimax' })).toEqual(['minimax-m2'])
    expect(ids({ search: 'no such thing' })).toEqual([])
  })

  it('keeps every number on the line of its per cent sign, and still finds it', () => {
    expect(simplifications.filter(row => / %/.test(JSON.stringify(row)))).toEqual([])
    expect(simplificationOf('mla').result).toContain('93.3\u00A0%')
    expect(ids({ search: '93.3 %' })).toEqual(['mla'])
  })

  it('takes a plain hyphen and apostrophe for the typographic ones', () => {
    expect(ids({ search: '-93.3' })).toEqual(['mla'])
    expect(ids({ search: 'bert\'s' })).toEqual(['fnet'])
  })

  it('answers every query with exactly the rows that meet it, each once, in order', () => {
    fc.assert(fc.property(queries, (query) => {
      const rows = answer(query)
      const wanted = simplifications.filter(row =>
        (query.saves === null || row.saves.includes(query.saves))
        && (query.extent === null || row.extent === query.extent)
        && matchesSearch(row, query.search))
      expect(new Set(rows)).toEqual(new Set(wanted))
      expect(rows).toHaveLength(wanted.length)
      for (const [index, row] of rows.entries()) {
        const next = rows[index + 1]
        if (next && query.sort)
          expect((query.descending ? -1 : 1) * compareRows(row, next, query.sort)).toBeLessThanOrEqual(0)
      }
    }))
  })

  it('compares rows as an order: a row equals itself, and swapping the two swaps the sign', () => {
    const row = fc.constantFrom(...simplifications)
    fc.assert(fc.property(row, row, fc.constantFrom(...columns.map(column => column.id)), (a, b, column) => {
      expect(compareRows(a, a, column)).toBe(0)
      expect(Math.sign(compareRows(a, b, column)) + Math.sign(compareRows(b, a, column))).toBe(0)
    }))
  })

  it('says count and order in words', () => {
    expect(describeAnswer({ ...everything, sort: 'year' }, 7)).toBe(`7 of ${total} simplifications, sorted by year, ascending`)
    expect(describeAnswer(everything, total)).toBe(`All ${total} simplifications, in the order of the talk`)
    expect(describeAnswer({ ...everything, saves: 'KV cache', extent: 'partial', search: ' mqa ', sort: 'survives', descending: true }, 3))
      .toBe(`3 of ${total} simplifications, that save on KV cache, partial removals only, with “mqa”, sorted by survival in current models, descending`)
    expect(describeAnswer({ ...everything, saves: 'an assumption' }, 6)).toContain('that save an assumption')
  })

  it('qualifies what is saved where the word alone would mislead', () => {
    expect(savesWords(simplificationOf('mamba'))).toBe('KV cache, asymptotic length')
    expect(savesWords(simplificationOf('bitnet'))).toBe('parameters: bits only')
    expect(savesWords(simplificationOf('simplified-blocks'), true)).toBe('parameters, training')
    expect(savesWords(simplificationOf('minimax-m2'))).toBe('asymptotic length: given up again')
  })

  it('gives year, venue and identifier, the year once', () => {
    expect(publication(simplificationOf('nope'))).toBe('NeurIPS 2023, arXiv:2305.19466')
    expect(publication(simplificationOf('bigs'))).toBe('2022, Findings of EMNLP 2023, arXiv:2212.10544')
    expect(publication(simplificationOf('mamba'))).toBe('2023, arXiv:2312.00752')
    expect(yearNote(simplificationOf('same-layer'))).toBe('lecture')
    expect(yearNote(simplificationOf('nope'))).toBe('')
    expect(furtherSources(simplificationOf('mamba'))).toBe('Waleffe et al. 2024')
    expect(furtherSources(simplificationOf('mlkv'))).toBe('')
  })
})

describe('the window of rows', () => {
  it('pages through 22 rows by sevens and ends with a full window', () => {
    const firsts: number[] = []
    for (let first: number | null = 0; first !== null; first = windowOf(22, first).next)
      firsts.push(first)
    expect(firsts).toEqual([0, 7, 14, 15])
    expect(windowOf(22, 15)).toEqual({ first: 15, end: 22, previous: 8, next: null })
    expect(rowsShown).toBe(7)
  })

  it('never runs over either end, is full when it can be, and always leads back to the start', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 60 }), fc.integer({ min: -20, max: 90 }), fc.integer({ min: 1, max: 12 }), (count, first, size) => {
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
    expect(windowHolding(7)).toBe(7)
    expect(windowHolding(6)).toBe(0)
  })

  it('refuses a window of no rows, with the number in the message', () => {
    expect(() => windowOf(22, 0, 0)).toThrow(/window of 0 rows/)
  })
})

describe('the reading pages', () => {
  it('hold every row exactly once, in the order of the talk', () => {
    expect(readingPages.flat()).toEqual(simplifications.map(row => row.id))
  })

  it('are six, none empty', () => {
    expect(readingPages).toHaveLength(6)
    expect(readingPages.every(page => page.length > 0)).toBe(true)
  })
})
