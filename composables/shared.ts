/**
 * The state of all live figures, shared between the speaker's and the audience's windows: through Slidev's server while
 * developing, through a BroadcastChannel in a static build. Only inputs are shared; every window computes for itself.
 */
import type { Place } from './late-window.ts'
import { createSyncState } from '@slidev/client'
import serverState from 'server-reactive:figures'
import { follow, placeToTell } from './late-window.ts'

/** What a figure was moved to, and the click at which that happened: the next click takes it back to the plan. */
export interface SharedFigure {
  step: number
  inputs: object
}

export type SharedFigures = Record<string, SharedFigure>

/** What a window tells one that was opened later. */
interface Answer {
  figures: SharedFigures
  /** Where the speaker is, from the speaker's window. */
  place?: Place
}

export const sharedFigures = createSyncState<SharedFigures>(serverState as SharedFigures, {})

/**
 * Starts sharing. Called once, by setup/main.ts.
 *
 * In a static build nobody keeps the state for a window opened later, so a new window asks and the others answer.
 * The name of the channel holds the path of the page: two decks on one origin do not disturb each other.
 */
export function startSharing(path: string): void {
  const channel = `structure-is-a-loan:${path}`
  sharedFigures.init(channel)
  if (typeof BroadcastChannel === 'undefined')
    return

  const hello = new BroadcastChannel(`${channel}:hello`)
  hello.onmessage = (event: MessageEvent<Answer | 'hello'>) => {
    if (event.data === 'hello') {
      const answer: Answer = { figures: JSON.parse(JSON.stringify(sharedFigures.state)) as SharedFigures, place: placeToTell() }
      hello.postMessage(answer)
      return
    }
    sharedFigures.onUpdate(event.data.figures)
    if (event.data.place)
      follow(event.data.place)
  }
  hello.postMessage('hello')
}
