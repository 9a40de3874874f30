/**
 * The way between the windows of a talk: the development server's own connection, which reaches other machines, or in a
 * static build a BroadcastChannel, which reaches the windows of one browser.
 */
import type { Envelope, Pipe } from './talk.ts'

/** The event under which the development server passes on what windows tell each other (scripts/lib/guard.ts). */
export const talkEvent = 'structure-is-a-loan:talk'

/**
 * @param path where the deck stands: two decks on one origin do not hear each other
 */
export function openPipe(path: string): Pipe {
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
