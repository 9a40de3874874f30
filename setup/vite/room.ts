/** The room of the build that this process is part of (docs/room.md). */
import type { Bytes, RoomSettings } from '#live-figures/room'
import process from 'node:process'
import { fromText, readRoom, roomNotesVariable, roomVariable } from '#live-figures/room'

/** Undefined without one. */
export const roomOfBuild = (): RoomSettings | undefined => readRoom(process.env[roomVariable])

/**
 * What the notes of a room's build are encrypted under.
 * @throws RangeError when there is no such key: notes would go out in the open
 */
export function notesKeyOfBuild(): Bytes {
  const key = fromText(process.env[roomNotesVariable] ?? '')
  if (!key)
    throw new RangeError(`A build with a room and with notes wants their key in ${roomNotesVariable}: 32 bytes in base64url. \`npm run room\` makes it.`)
  return key
}
