/**
 * What a browser keeps for this deck. A browser may have no storage, refuse access to it or have no room: then nothing
 * is kept, and the session goes on.
 */

/** What was kept under a name, if anything. */
export function recall(key: string): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined
  }
  catch {
    return undefined
  }
}

/** Keeps a text under a name, if the browser lets us. */
export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(key, value)
  }
  catch {
    // Without storage the session only forgets.
  }
}
