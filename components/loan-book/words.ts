/** What the figures of the loan book say in words. */
import type { Loan, Outcome } from '../../data/loan-book.ts'
import { countOutcomes, loans, namedByPost } from '../../data/loan-book.ts'
import { owners } from '../../data/owners.ts'
import { inWords } from '../../lab/format.ts'
import { furtherSources, publication, savesWords } from '../../lab/loan-query.ts'

/** How many rows stand where: “seven paid off, eight in instalments, …”. */
export function countsInWords(): string {
  return countOutcomes().map(({ outcome, count }) => `${inWords(count)} ${outcome}`).join(', ')
}

/** What those counts do not mean. */
export const countsCaveat = 'The counts are of rows that this deck chose. They weigh nothing: not papers, not models, not importance.'

/** The rows of an outcome, by name. */
export const namesOf = (outcome: Outcome): string => loans.filter(row => row.became.outcome === outcome).map(row => row.name).join(', ')

/** A loan by its five entries, in a few sentences. */
export function rowInWords(row: Loan): string {
  return `${row.name}. What goes: ${row.goes}. What stays: ${row.stays}. It assumes: ${row.assumes} It buys: ${row.buys} Due: ${row.due} `
    + `What became of it: ${row.became.outcome}. ${row.became.words} Says: ${owners[row.says]}. It saves ${savesWords(row)}; ${row.extent} removal.`
}

/** Who reads the assumption into the row, on which paper; with `all`, on which others besides. */
export function whoSays(row: Loan, all = false): string {
  return [owners[row.says], publication(row), all ? furtherSources(row) : '', namedByPost(row) ? 'named by the post' : ''].filter(Boolean).join('; ')
}
