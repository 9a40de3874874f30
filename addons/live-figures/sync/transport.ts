/**
 * The transport between the windows of a talk: the development server's own connection, which reaches other machines, or
 * in a static build a BroadcastChannel, which reaches the windows of one browser. Both give every window the same
 * messages in the same order, each in its own time.
 */
import type { Envelope, Transport } from './session.ts'

/** The event under which the development server passes on what windows announce (server.ts). */
export const windowEvent = 'live-figures:windows'

/**
 * @param channel a name of this deck alone: two decks on one origin do not hear each other
 */
export function openTransport(channel: string): Transport {
  // Spelt out: Vite gives it to modules that mention it by this name.
  const hot = import.meta.hot
  if (hot) {
    return {
      send: envelope => hot.send(windowEvent, envelope),
      listen: listener => hot.on(windowEvent, listener),
    }
  }
  const windows = new BroadcastChannel(channel)
  return {
    send: envelope => windows.postMessage(envelope),
    listen: listener => windows.addEventListener('message', ({ data }: MessageEvent<Envelope>) => listener(data)),
  }
}
