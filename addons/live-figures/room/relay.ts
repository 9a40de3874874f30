/**
 * The way over the relay on the deck's own host. A binary frame is a sealed message; the first that comes is the last state,
 * if there is one. An empty text frame comes after it, and again and again: the relay is still there.
 */
import type { Connection } from './backoff.ts'

/** A relay that has not said for so long that it is there is gone, in milliseconds. */
const silence = 45_000

/** @param address of the relay, ws:// or wss:// */
export function connectToRelay(address: string, receive: (sealed: Uint8Array<ArrayBuffer>) => void): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(address)
    socket.binaryType = 'arraybuffer'
    let close: () => void = () => {}
    const lost = new Promise<void>((resolve) => { close = resolve })
    let watch = setTimeout(end, silence)
    const connection: Connection = {
      send: (_kind, sealed) => {
        if (socket.readyState === WebSocket.OPEN)
          socket.send(sealed)
      },
      lost,
      close: end,
    }
    socket.onmessage = ({ data }: MessageEvent<ArrayBuffer | string>) => {
      if (typeof data !== 'string') {
        receive(new Uint8Array(data))
        return
      }
      clearTimeout(watch)
      watch = setTimeout(end, silence)
      // The last state has been heard.
      resolve(connection)
    }
    socket.onclose = () => {
      end()
      reject(new Error('The relay is not there.'))
    }

    function end(): void {
      clearTimeout(watch)
      socket.close()
      // A socket whose network is gone closes when it likes.
      close()
    }
  })
}
