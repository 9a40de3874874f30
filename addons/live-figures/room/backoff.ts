/** A connection that is made again whenever it is lost, later after each failure, and never by all windows at once. */

export interface Connection {
  send: (kind: 'act' | 'state', sealed: Uint8Array<ArrayBuffer>) => void
  /** Resolves when it is lost or closed. */
  lost: Promise<unknown>
  close: () => void
}

/** Pauses double up to the longest, in milliseconds. */
const firstPause = 1000
export const longestPause = 20_000

/** @param random from 0 to 1 */
export function pauseAfter(failures: number, random: number): number {
  return Math.min(firstPause * 2 ** failures, longestPause) * (0.25 + 0.75 * random)
}

/**
 * Connects until the page goes.
 * @param connect resolves when the last state has been heard, if there is one; rejects when there is no way now
 * @param onUp called with each connection, onDown with each failure
 */
export function stayConnected(connect: () => Promise<Connection>, onUp: (connection: Connection) => void, onDown: () => void): void {
  let failures = 0
  let wake: (() => void) | undefined
  let current: Connection | undefined
  // A lost network is told at once; the connection itself may not notice for a minute.
  addEventListener('offline', () => current?.close())
  addEventListener('online', () => wake?.())

  async function again(): Promise<void> {
    try {
      const since = Date.now()
      current = await connect()
      onUp(current)
      await current.lost
      // A server that takes everybody in and drops them is not asked more often for it.
      if (Date.now() - since > longestPause)
        failures = 0
    }
    catch {
      // The same as lost.
    }
    current = undefined
    onDown()
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pauseAfter(failures++, Math.random()))
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    wake = undefined
    void again()
  }
  void again()
}
