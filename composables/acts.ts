/** What is said in a talk: acts, each on a subject, of which the last counts. */

/** Where the talk is: page number from 1, click from 0. */
export interface Place {
  page: number
  clicks: number
  clicksTotal: number
}

export interface Act {
  subject: string
  /** Plain data. */
  value: unknown
  turn: number
  /** The window that acted. */
  by: string
}

/** The click that a slide was turned to last, and the turn at which that was another one than before. */
export interface Click {
  clicks: number
  since: number
}

/** The subject of a slide's click. */
export const clickOf = (page: number): string => `click:${page}`

/** Whether one act counts more than another. */
export function isLater(one: Act, other: Act): boolean {
  return one.turn > other.turn || (one.turn === other.turn && one.by > other.by)
}

/** What a clicker does, in whichever window it has its focus. */
export function isClickers(subject: string): boolean {
  return subject === 'place' || subject === 'blank' || subject.startsWith('click:')
}

export function isSamePlace(one: Place, other: Place): boolean {
  return one.page === other.page && one.clicks === other.clicks
}
