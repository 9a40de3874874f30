/**
 * The transport between the windows of a talk: the development server's own connection, which reaches other machines, or
 * in a static build a BroadcastChannel, which reaches the windows of one browser. Both give every window the same
 * messages in the same order, each in its own time.
 */
import type { Envelope, Transport } from './talk.ts'

/** The event under which the development server passes on what windows announce (setup/vite/guard.ts). */
export const talkEvent = 'structure-is-a-loan:talk'

/**
 * The path a deck stands at, the same on all of its slides whether the router keeps them in the path or behind a #.
 * @param base where the deck was built to stand, as Vite's BASE_URL has it: a path, or relative to the page
 * @param address of the page
 */
export function deckPath(base: string, address: string): string {
  return new URL(base, address).pathname
}

/**
 * @param path where the deck stands: two decks on one origin do not hear each other
 */
export function openTransport(path: string): Transport {
  // Spelt out: Vite gives it to modules that mention it by this name.
  const hot = import.meta.hot
  if (hot) {
    return {
      send: envelope => hot.send(talkEvent, envelope),
      listen: listener => hot.on(talkEvent, listener),
    }
  }
  const channel = new BroadcastChannel(`structure-is-a-loan:${path}`)
  return {
    send: envelope => channel.postMessage(envelope),
    listen: listener => channel.addEventListener('message', ({ data }: MessageEvent<Envelope>) => listener(data)),
  }
}
