/** The live table's state: what the speaker asked for, which row is open, where the window of rows begins. */
import type { Fields } from '#live-figures'
import type { ColumnId, LoanQuery } from '../../lab/loan-query.ts'
import type { Outcome } from '../../data/loan-book.ts'
import { choice, flag, text, whole } from '#live-figures'
import { extents, loans, outcomes, savings } from '../../data/loan-book.ts'
import { columns, windowHolding } from '../../lab/loan-query.ts'

export interface TableState extends LoanQuery {
  /** The id of the open row, or null. */
  open: string | null
  /** The index of the first row shown. */
  first: number
}

const everything: TableState = { sort: null, descending: false, became: null, saves: null, extent: null, search: '', open: null, first: 0 }
const mamba = loans.findIndex(row => row.id === 'mamba')

/** Click 0: everything. Click 1: what saves on the KV cache. Click 2: everything, with Mamba open. */
export const tableSteps: readonly TableState[] = [
  everything,
  { ...everything, saves: 'KV cache' },
  { ...everything, open: 'mamba', first: windowHolding(mamba) },
]

/** As many characters as a search may have. */
export const longestSearch = 80

export const tableFields: Fields<TableState> = {
  sort: choice([null, ...columns.map(({ id }) => id)]),
  descending: flag,
  became: choice([null, ...Object.keys(outcomes) as Outcome[]]),
  saves: choice([null, ...savings]),
  extent: choice([null, ...extents]),
  search: text(longestSearch),
  open: choice([null, ...loans.map(({ id }) => id)]),
  first: whole(0, loans.length - 1),
}

/** The next order of a column when its header is pressed: ascending, descending, the order of the book. */
export function nextOrder(state: TableState, column: ColumnId): Pick<TableState, 'sort' | 'descending'> {
  if (state.sort !== column)
    return { sort: column, descending: false }
  return state.descending ? { sort: null, descending: false } : { sort: column, descending: true }
}
