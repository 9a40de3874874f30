/** The six marks of the loan book: cool where the structure went, warm where structure stands, a ring where nobody knows. */
import type { Outcome } from '../data/loan-book.ts'

const shapes: Readonly<Record<Outcome, string>> = {
  'paid off': '<rect class="gone" x="1" y="1" width="13" height="13" rx="2.5"/>',
  'in instalments': '<rect class="outline" x="1" y="1" width="13" height="13" rx="2.5"/><path class="gone" d="M3.5 14H11.5Q14 14 14 11.5V1Z"/>',
  'refinanced': '<rect class="outline" x="1" y="1" width="13" height="13" rx="2.5"/><rect class="stands" x="4.5" y="4.5" width="6" height="6" rx="1"/>',
  'put back': '<rect class="stands" x="1" y="1" width="13" height="13" rx="2.5"/><path class="paper" d="M4.5 10.5L10.5 4.5"/>',
  'never due': '<rect class="stands" x="1" y="1" width="13" height="13" rx="2.5"/>',
  'open': '<rect class="unknown" x="1.5" y="1.5" width="12" height="12" rx="2.5"/>',
}

/** A mark; its name always stands beside it. */
export function markHtml(outcome: Outcome): string {
  return `<svg class="mark" viewBox="0 0 15 15" width="15" height="15" aria-hidden="true">${shapes[outcome]}</svg>`
}
