/** What a build knows of its room: the environment gives it, the page has it. */

export interface RoomSettings {
  /** nats: a server of NATS, by its WebSocket; relay: the deck's own host, `room` beside index.html. */
  transport: 'nats' | 'relay'
  /** Address of the server, ws:// or wss://; '' for the relay. */
  server: string
  /** 8 to 40 of a–z, 0–9 and the hyphen. */
  name: string
  /** The public key, base64url of 32 bytes. */
  key: string
}

/** JSON of the settings, for a build. */
export const roomVariable = 'DECK_ROOM'

/** The key of the notes, base64url of 32 bytes: the build uses it, and no file has it. */
export const roomNotesVariable = 'DECK_ROOM_NOTES'

/**
 * The room of a build; undefined without one.
 * @param text what the environment says
 * @throws RangeError naming what is wrong
 */
export function readRoom(text: string | undefined): RoomSettings | undefined {
  if (!text)
    return undefined
  const { transport, server, name, key } = JSON.parse(text) as Partial<Record<keyof RoomSettings, unknown>>
  if (transport !== 'nats' && transport !== 'relay')
    throw new RangeError(`The transport of a room is nats or relay; got “${String(transport)}”.`)
  if (typeof name !== 'string' || !/^[a-z0-9-]{8,40}$/.test(name))
    throw new RangeError(`The name of a room has 8 to 40 of a–z, 0–9 and the hyphen; got “${String(name)}”.`)
  if (typeof key !== 'string' || !/^[\w-]{43}$/.test(key))
    throw new RangeError(`The key of a room is 32 bytes in base64url, 43 characters; got “${String(key)}”.`)
  const url = typeof server === 'string' && URL.canParse(server) ? new URL(server) : undefined
  if (transport === 'nats' && !(url && /^wss?:$/.test(url.protocol) && !url.username && !url.search && !url.hash))
    throw new RangeError(`The server of a room is an address such as wss://nats.example.org; got “${String(server)}”.`)
  if (transport === 'relay' && server !== '')
    throw new RangeError(`A room over the relay has no other server than the deck’s own host; got “${String(server)}”.`)
  return { transport, server: server as string, name, key }
}

/** Where what is said in a room goes on a server of NATS. */
export const subjectsOf = (name: string) => ({
  acts: `rooms.${name}.acts`,
  state: `rooms.${name}.state`,
  /** The stream that keeps the last state: one message a subject, with direct gets allowed. */
  stream: `room-${name}`,
  /** Asked for the last state. */
  lastState: `$JS.API.DIRECT.GET.room-${name}.rooms.${name}.state`,
})
