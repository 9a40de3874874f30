/**
 * The state of all live figures, shared between the speaker's and the audience's windows: through Slidev's server while
 * developing, through a BroadcastChannel in a static build. Only inputs are shared; every window computes for itself.
 */
import { createSyncState } from '@slidev/client'
import serverState from 'server-reactive:figures'

/** What a figure was moved to, and the click at which that happened: the next click takes it back to the plan. */
export interface SharedFigure {
  step: number
  inputs: object
}

export type SharedFigures = Record<string, SharedFigure>

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
  hello.onmessage = (event: MessageEvent<SharedFigures | 'hello'>) => {
    if (event.data !== 'hello')
      sharedFigures.onUpdate(event.data)
    else if (Object.keys(sharedFigures.state).length > 0)
      hello.postMessage(JSON.parse(JSON.stringify(sharedFigures.state)))
  }
  hello.postMessage('hello')
}
