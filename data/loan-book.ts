/**
 * The loan book, which is the table of architecture simplifications: what was built into the Transformer and taken out
 * again, by whom, at what price, and what became of it. One row a removal; every number in a row is its source's own, with
 * its conditions. What the sources do not say is “not known”. The rows stand here by subject; the book itself is sorted by
 * what became of them.
 */
import type { Loan, Outcome } from './loan-book/loan.ts'
import { around } from './loan-book/around.ts'
import { attention } from './loan-book/attention.ts'
import { block } from './loan-book/block.ts'
import { cache } from './loan-book/cache.ts'
import { outcomes } from './loan-book/loan.ts'
import { steps } from './loan-book/steps.ts'

export * from './loan-book/loan.ts'

const order = Object.keys(outcomes) as Outcome[]

/** All rows, sorted by what became of them; within an outcome, Chung's steps first, then as they are written down. */
export const loans: readonly Loan[] = [...steps, ...attention, ...cache, ...block, ...around]
  .map(keepPerCent)
  .sort((a, b) => order.indexOf(a.became.outcome) - order.indexOf(b.became.outcome))

/** Chung's four steps, in his order. */
export const chungsSteps: readonly Loan[] = loans.filter(row => row.step).sort((a, b) => a.step! - b.step!)

/** How many rows stand under each outcome, in the order of the book. */
export function countOutcomes(): { outcome: Outcome, count: number }[] {
  return order.map(outcome => ({ outcome, count: loans.filter(row => row.became.outcome === outcome).length }))
}

/** Whether the post itself names this row among the papers that remove (P12a–d). */
export function namedByPost(row: Loan): boolean {
  return row.claim?.startsWith('P12') ?? false
}

/**
 * The row of that id.
 * @throws RangeError naming the id when there is none
 */
export function loanOf(id: string): Loan {
  const row = loans.find(candidate => candidate.id === id)
  if (!row)
    throw new RangeError(`Unknown row “${id}” of the loan book: use one of ${loans.map(candidate => candidate.id).join(', ')}.`)
  return row
}

/** A row whose numbers keep to their per cent signs at the end of a line. */
function keepPerCent(row: Loan): Loan {
  return JSON.parse(JSON.stringify(row).replaceAll(' %', '\u00A0%')) as Loan
}
