/** What the figure of candidates says in words. */
import { candidates, wouldChange } from '../../data/candidates.ts'

/**
 * The candidates worked through so far, each with its evidence on both sides, and at the end this deck's answer.
 * @param shown how many candidates, from the first
 * @param answered whether the deck has given its answer
 */
export function candidatesSummary(shown: number, answered: boolean): string {
  if (shown === 0)
    return `${candidates.length} candidates: ${candidates.map(({ name }) => name).join(', ')}.`
  const worked = candidates.slice(0, shown).map(({ name, assumes, due, notDue }) =>
    `${name}. Assumes: ${assumes} Due: ${due.words}${mark(due.how)}. Not due: ${notDue.words}${mark(notDue.how)}.`)
  if (!answered)
    return worked.join(' ')
  const ranked = candidates.filter(({ rank }) => rank).sort((a, b) => a.rank! - b.rank!)
  return `This deck’s answer, its own: ${ranked.map(({ name }) => name).join(', then ')}. What would change it: ${wouldChange.join('; ')}. ${worked.join(' ')}`
}

const mark = (how: string): string => how === 'verified' ? '' : ` (${how})`
