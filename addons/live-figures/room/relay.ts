/**
 * The way over the relay on the deck's own host. A binary frame is a sealed message; the first that comes is the last state,
 * if there is one. An empty text frame says that the relay is still there.
 */
import type { Connection } from './backoff.ts'

/** A relay that has said it is there and then nothing for so long is gone, in milliseconds. */
const silence = 45_000

/** @param address of the relay, ws:// or wss:// */
export function connectToRelay(address: string, receive: (sealed: Uint8Array<ArrayBuffer>) => void): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(address)
    socket.binaryType = 'arraybuffer'
    let watch: ReturnType<typeof setTimeout> | undefined
    let close: () => void = () => {}
    const lost = new Promise<void>((resolve) => { close = resolve })
    const end = () => {
      clearTimeout(watch)
      socket.close()
      // A socket whose network is gone closes when it likes.
      close()
    }
    socket.onopen = () => resolve({
      send: (_kind, sealed) => {
        if (socket.readyState === WebSocket.OPEN)
          socket.send(sealed)
      },
      lost,
      close: end,
    })
    socket.onmessage = ({ data }: MessageEvent<ArrayBuffer | string>) => {
      if (typeof data !== 'string') {
        receive(new Uint8Array(data))
        return
      }
      clearTimeout(watch)
      watch = setTimeout(end, silence)
    }
    socket.onclose = () => {
      end()
      reject(new Error('The relay is not there.'))
    }
  })
}
