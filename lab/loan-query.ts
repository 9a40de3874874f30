/**
 * What can be asked of the loan book: sort, filter, search, a window of rows, and the answer in words.
 * Pure functions over rows.
 */
import type { Extent, Loan, Outcome, Saving } from '../data/loan-book.ts'
import { ascending, descending } from 'd3-array'
import { loans, outcomes } from '../data/loan-book.ts'
import { sourceOf } from '../data/sources.ts'

const outcomeOrder = Object.keys(outcomes) as Outcome[]

/** The columns of the list, in order; all of them sort, by this of a row, and are named so in a sentence. */
export const columns = [
  { id: 'name', label: 'simplification', named: 'name', by: (row: Loan) => fold(row.name) },
  { id: 'year', label: 'year', named: 'year', by: (row: Loan) => row.year },
  { id: 'change', label: 'what goes → what stays', named: 'what goes', by: (row: Loan) => fold(row.goes) },
  { id: 'assumes', label: 'what the structure assumes', named: 'what the structure assumes', by: (row: Loan) => fold(row.assumes) },
  { id: 'became', label: 'what became of it', named: 'what became of it', by: (row: Loan) => outcomeOrder.indexOf(row.became.outcome) },
] as const

export type ColumnId = typeof columns[number]['id']

/** What the list is asked for. */
export interface LoanQuery {
  /** The column to sort by; null for the order of the book. */
  sort: ColumnId | null
  descending: boolean
  /** Only rows of which this became; null for all. */
  became: Outcome | null
  /** Only rows that save this; null for all. */
  saves: Saving | null
  /** Only full or only partial removals; null for both. */
  extent: Extent | null
  /** Words that must all occur somewhere in a row. */
  search: string
}

/** How many rows the slide shows at a time. */
export const rowsShown = 6

/** Whether a row holds all the words of a search, anywhere in its text or its sources; case and accents do not count. */
export function matchesSearch(row: Loan, search: string): boolean {
  const text = textOf(row)
  return fold(search).split(/\s+/).every(word => text.includes(word))
}

/** The rows a query leaves, in its order. */
export function answer(query: LoanQuery): readonly Loan[] {
  const kept = loans.filter(row =>
    (query.became === null || row.became.outcome === query.became)
    && (query.saves === null || row.saves.includes(query.saves))
    && (query.extent === null || row.extent === query.extent)
    && matchesSearch(row, query.search))
  const column = columns.find(({ id }) => id === query.sort)
  const order = query.descending ? descending : ascending
  // Sorting is stable: equal rows keep the order of the book in both directions.
  return column ? kept.sort((a, b) => order(column.by(a), column.by(b))) : kept
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

/** The window that starts at `first`, moved back where it would run over the end. */
export function windowOf(count: number, first: number, size: number = rowsShown): RowWindow {
  const last = Math.max(0, count - size)
  const start = Math.min(first, last)
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

/** Count and order in words: “7 of 30 simplifications, sorted by year, ascending”. */
export function describeAnswer(query: LoanQuery, count: number): string {
  const kept = count === loans.length ? `All ${count} simplifications` : `${count} of ${loans.length} simplifications`
  const filters = [
    query.became === null ? '' : query.became,
    query.saves === null ? '' : `that save ${query.saves === 'an assumption' ? query.saves : `on ${query.saves}`}`,
    query.extent === null ? '' : `${query.extent} removals only`,
    query.search.trim() === '' ? '' : `with “${query.search.trim()}”`,
  ].filter(Boolean)
  const column = columns.find(({ id }) => id === query.sort)
  const order = column ? `sorted by ${column.named}, ${query.descending ? 'descending' : 'ascending'}` : 'by what became of them'
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
export function savesWords(row: Loan, short = false): string {
  const list = row.saves.map(saving => short ? shortSavings[saving] : saving).join(', ')
  return row.savesNote ? `${list}: ${row.savesNote}` : list
}

/** What the reader must know about how the row was checked, in a few words; empty when all of it is verified. */
export function caution(row: Loan): string {
  const open = row.checks.filter(check => check.how !== 'verified')
  return [...new Set(open.map(({ how }) => open.length === row.checks.length ? how : `in part ${how}`))].join(', ')
}

/** Each check in words: “verified: paper”, “second-hand: use today”. */
export function checksWords(row: Loan): { how: string, words: string }[] {
  return row.checks.map(({ what, how }) => ({ how, words: `${how}: ${what}` }))
}

/** Year, venue and arXiv identifier of the row's own paper: “2023, NeurIPS 2023, arXiv:2305.19466”. */
export function publication(row: Loan): string {
  const own = sourceOf(row.sources[0])
  const year = String(row.year)
  // A venue mostly carries the year; where it does not, or another one, both are said.
  const place = own.venue?.includes(year) ? [own.venue] : [year, own.venue]
  return [...place, own.arxiv ? `arXiv:${own.arxiv}` : ''].filter(Boolean).join(', ')
}

/** What else a row leans on, in short form; empty when its own paper is all. */
export function furtherSources(row: Loan): string {
  return row.sources.slice(1).map(id => sourceOf(id).short).join('; ')
}

/** What a year is the year of, where it is not a paper's: Chung's steps carry the year of the lecture. */
export function yearNote(row: Loan): string {
  return row.sources[0] === 'cs25' ? 'lecture' : ''
}

/** The whole book as pages to read: the ids of the rows on each page, two on one, each row once. */
export const readingPages: readonly (readonly string[])[] = Array.from({ length: Math.ceil(loans.length / 2) }, (_, page) => loans.slice(2 * page, 2 * page + 2).map(row => row.id))

function textOf(row: Loan): string {
  const named = row.sources.map((id) => {
    const source = sourceOf(id)
    return `${source.short} ${source.title} ${source.arxiv ?? ''} ${source.venue ?? ''}`
  })
  return fold([
    row.name, row.goes, row.stays, row.assumes, row.buys, row.due, savesWords(row), row.result, row.conditions, row.lost, row.extent,
    row.became.outcome, row.became.brief, row.became.words, ...row.became.models, String(row.year), caution(row), ...named,
  ].join(' '))
}

function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[’‘]/g, '\'').replace(/[–−]/g, '-')
}
