/**
 * What can be asked of the table of simplifications: sort, filter, search, a window of rows, and the answer in words.
 * Pure functions over rows; the table on the slide hands them to its table library.
 */
import type { Extent, Saving, Simplification } from '../data/simplifications.ts'
import { extents, savings, simplifications, survivalLevels } from '../data/simplifications.ts'
import { sourceOf } from '../data/sources.ts'

/** The columns of the list, in order; all of them sort. */
export const columns = [
  { id: 'name', label: 'simplification' },
  { id: 'year', label: 'year' },
  { id: 'change', label: 'what goes → what stays' },
  { id: 'saves', label: 'saves' },
  { id: 'extent', label: 'removed' },
  { id: 'survives', label: 'survives?' },
] as const

export type ColumnId = typeof columns[number]['id']

/** What the list is asked for. */
export interface SimplificationQuery {
  /** The column to sort by; null for the order of the talk. */
  sort: ColumnId | null
  descending: boolean
  /** Only rows that save this; null for all. */
  saves: Saving | null
  /** Only full or only partial removals; null for both. */
  extent: Extent | null
  /** Words that must all occur somewhere in a row. */
  search: string
}

/** How many rows the slide shows at a time. */
export const rowsShown = 7

/** Orders two rows by a column, ascending; 0 leaves them in the order of the talk. */
export function compareRows(a: Simplification, b: Simplification, column: ColumnId): number {
  switch (column) {
    case 'name':
      return compareText(a.name, b.name)
    case 'year':
      return a.year - b.year
    case 'change':
      return compareText(a.goes, b.goes)
    case 'saves':
      return savingRank(a) - savingRank(b) || a.saves.length - b.saves.length
    case 'extent':
      return extents.indexOf(a.extent) - extents.indexOf(b.extent)
    case 'survives':
      return survivalLevels.indexOf(a.survives.level) - survivalLevels.indexOf(b.survives.level)
  }
}

/** Whether a row holds all the words of a search, anywhere in its text or its sources; case and accents do not count. */
export function matchesSearch(row: Simplification, search: string): boolean {
  const words = fold(search).split(/\s+/).filter(Boolean)
  if (words.length === 0)
    return true
  const text = textOf(row)
  return words.every(word => text.includes(word))
}

/** Whether a row saves that. */
export function savesThat(row: Simplification, saving: Saving): boolean {
  return row.saves.includes(saving)
}

/** The rows a query leaves, in its order: the reference that the table on the slide is tested against. */
export function answer(query: SimplificationQuery, rows: readonly Simplification[] = simplifications): readonly Simplification[] {
  const kept = rows.filter(row =>
    (query.saves === null || savesThat(row, query.saves))
    && (query.extent === null || row.extent === query.extent)
    && matchesSearch(row, query.search))
  const { sort } = query
  if (sort === null)
    return kept
  const sign = query.descending ? -1 : 1
  // Array sort is stable: equal rows keep the order of the talk in both directions.
  return kept.sort((a, b) => sign * compareRows(a, b, sort))
}

/** A window of `size` rows into `count`, full whenever there are enough rows. */
export interface RowWindow {
  /** Index of the first row shown. */
  first: number
  /** Index after the last row shown. */
  end: number
  /** First row of the window before, or null at the start. */
  previous: number | null
  /** First row of the window after, or null at the end. */
  next: number | null
}

/**
 * The window that starts at `first`, moved back where it would run over the end.
 * @throws RangeError when the size is not a positive whole number
 */
export function windowOf(count: number, first: number, size: number = rowsShown): RowWindow {
  if (!Number.isInteger(size) || size < 1)
    throw new RangeError(`A window of ${size} rows: it takes a whole number of at least 1.`)
  const last = Math.max(0, count - size)
  const start = Math.min(Math.max(0, Math.trunc(first)), last)
  return {
    first: start,
    end: Math.min(count, start + size),
    previous: start > 0 ? Math.max(0, start - size) : null,
    next: start < last ? Math.min(last, start + size) : null,
  }
}

/** The window, starting at a multiple of its size, that holds the row of that index. */
export function windowHolding(index: number, size: number = rowsShown): number {
  return Math.max(0, Math.floor(index / size) * size)
}

/** Count and order in words: “7 of 22 simplifications, sorted by year, ascending”. */
export function describeAnswer(query: SimplificationQuery, count: number, total: number = simplifications.length): string {
  const kept = count === total ? `All ${total} simplifications` : `${count} of ${total} simplifications`
  const filters = [
    query.saves === null ? '' : `that save ${query.saves === 'an assumption' ? query.saves : `on ${query.saves}`}`,
    query.extent === null ? '' : `${query.extent} removals only`,
    query.search.trim() === '' ? '' : `with “${query.search.trim()}”`,
  ].filter(Boolean)
  const order = query.sort === null ? 'in the order of the talk' : `sorted by ${columnWords(query.sort)}, ${query.descending ? 'descending' : 'ascending'}`
  return [kept, ...filters, order].join(', ')
}

/** What can be saved, in one short word each, for buttons and narrow columns. */
export const shortSavings: Readonly<Record<Saving, string>> = {
  'parameters': 'parameters',
  'training FLOPs': 'training',
  'KV cache': 'KV cache',
  'asymptotic length': 'length',
  'an assumption': 'assumption',
}

/** What a row saves, in words; short ones where there is little room. */
export function savesWords(row: Simplification, short = false): string {
  const list = row.saves.map(saving => short ? shortSavings[saving] : saving).join(', ')
  return row.savesNote ? `${list}: ${row.savesNote}` : list
}

/** What the reader must know about how the row was checked, in a few words; empty when all of it is verified. */
export function caution(row: Simplification): string {
  const open = row.checks.filter(check => check.how !== 'verified')
  if (open.length === 0)
    return ''
  if (open.length === row.checks.length)
    return [...new Set(open.map(check => check.how))].join(', ')
  return open.map(check => `${check.what} ${check.how}`).join(', ')
}

/** Year, venue and arXiv identifier of the row's own paper: “2023, NeurIPS 2023, arXiv:2305.19466”. */
export function publication(row: Simplification): string {
  const own = sourceOf(row.sources[0] as string)
  const year = String(row.year)
  // A venue mostly carries the year; where it does not, or another one, both are said.
  const place = own.venue?.includes(year) ? [own.venue] : [year, own.venue]
  return [...place, own.arxiv ? `arXiv:${own.arxiv}` : ''].filter(Boolean).join(', ')
}

/** What else a row leans on, in short form; empty when its own paper is all. */
export function furtherSources(row: Simplification): string {
  return row.sources.slice(1).map(id => sourceOf(id).short).join('; ')
}

/** What a year is the year of, where it is not a paper's: Chung's steps carry the year of the lecture. */
export function yearNote(row: Simplification): string {
  return row.sources[0] === 'cs25' ? 'lecture' : ''
}

/** How many rows of the talk's order stand on each reading page. */
const pageSizes = [4, 3, 3, 4, 4, 4] as const

/** The whole table as pages to read: the ids of the rows on each page. Every row is on exactly one. */
export const readingPages: readonly (readonly string[])[] = pageSizes.map((size, index) => {
  const before = pageSizes.slice(0, index).reduce((sum, rows) => sum + rows, 0)
  return simplifications.slice(before, before + size).map(row => row.id)
})

function columnWords(column: ColumnId): string {
  const words: Record<ColumnId, string> = {
    name: 'name',
    year: 'year',
    change: 'what goes',
    saves: 'what it saves',
    extent: 'full or partial removal',
    survives: 'survival in current models',
  }
  return words[column]
}

function savingRank(row: Simplification): number {
  return Math.min(...row.saves.map(saving => savings.indexOf(saving)))
}

function compareText(a: string, b: string): number {
  const [left, right] = [fold(a), fold(b)]
  return left < right ? -1 : left > right ? 1 : 0
}

function textOf(row: Simplification): string {
  const named = row.sources.map((id) => {
    const source = sourceOf(id)
    return `${source.short} ${source.title} ${source.arxiv ?? ''} ${source.venue ?? ''}`
  })
  return fold([
    row.name, row.goes, row.stays, savesWords(row), row.result, row.conditions, row.lost, row.extent,
    row.survives.level, row.survives.brief ?? '', row.survives.words, String(row.year), caution(row), ...named,
  ].join(' '))
}

function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[’‘]/g, '\'').replace(/[–−]/g, '-')
}
