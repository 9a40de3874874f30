/** What windows tell each other: values of keys, of which the last counts. And where a talk is. */

/** Where the talk is: page number from 1, click from 0. */
export interface Place {
  page: number
  clicks: number
  clicksTotal: number
}

export interface Change {
  key: string
  /** Plain data. */
  value: unknown
  /** Its place in the order of all changes (a Lamport clock). */
  tick: number
  /** The window that made it. */
  by: string
}

/** The click that a slide was turned to last, and the tick at which that was another one than before. */
export interface Click {
  clicks: number
  since: number
}

/** The key of a slide's click. */
export const clickKey = (page: number): string => `click:${page}`

/** Whether one change counts more than another. */
export function isLater(one: Change, other: Change): boolean {
  return one.tick > other.tick || (one.tick === other.tick && one.by > other.by)
}

/** What a clicker does, in whichever window it has its focus. */
export function isClickers(key: string): boolean {
  return key === 'place' || key === 'blank' || key.startsWith('click:')
}

export function isSamePlace(one: Place, other: Place | undefined): boolean {
  return one.page === other?.page && one.clicks === other.clicks
}
