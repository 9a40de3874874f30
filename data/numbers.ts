/**
 * Numbers that stand in the text of slides, outside of figures. A slide names them (`<Num of="…" />`), so that each has
 * its source and a change here changes every place.
 */
import type { SourceId } from './sources.ts'

export interface SlideNumber {
  /** As it is printed on the slide, with its unit. */
  text: string
  source: SourceId
  /** What it is, in a sentence. */
  says: string
}

const table = {
  'lecture.date': { text: '11 April 2024', source: 'cs25', says: 'Date of the lecture, Stanford CS25 V4.' },
  'post.number': { text: 'def_model_train/1036', source: 'post', says: 'Channel and number of the post.' },
  'talk.minutes': { text: '25 minutes', source: 'deck', says: 'Length of this talk; the budgets in notes/ add up to it.' },
  'talk.minutes.short': { text: '15 minutes', source: 'deck', says: 'Length of its short version; the short budgets in notes/ add up to it.' },
  'narang.modifications': { text: 'about 60', source: 'cs25', says: 'Modifications of the Transformer compared by Narang et al., as Chung counts them.' },
  'zhao.tried': { text: '20', source: 'zhao2026', says: 'Modifications of the Transformer after 2021 that Zhao et al. tried at 1.2B parameters.' },
  'zhao.cleared': { text: '2', source: 'zhao2026', says: 'How many of them clear a corrected significance test at 1.2B; one of the two fails to train at 3B.' },
  'hivemind.models': { text: 'more than 70', source: 'hivemind2025', says: 'Language models asked open questions in Artificial Hivemind, second-hand.' },
  'r1zero.before': { text: '15.6 %', source: 'guo2025', says: 'AIME 2024 pass@1 of the base model before reinforcement learning, second-hand.' },
  'r1zero.after': { text: '77.9 %', source: 'guo2025', says: 'AIME 2024 pass@1 of R1-Zero, version 2 of the preprint and Nature (version 1: 71.0 %), second-hand.' },
} satisfies Record<string, SlideNumber>

export type NumberId = keyof typeof table

export const numbers: Readonly<Record<NumberId, SlideNumber>> = table

/**
 * The number of that name.
 * @throws RangeError naming the id when the table has no such number
 */
export function numberOf(id: string): SlideNumber {
  if (!Object.hasOwn(table, id))
    throw new RangeError(`Unknown number “${id}”: data/numbers.ts has no such key.`)
  return numbers[id as NumberId]
}
