/**
 * What a window of a room's build is, and what it shows of the room. Without a room nothing of this is in the build: every
 * use stands behind `import.meta.env.DECK_ROOM`.
 */
import type { Ref } from 'vue'
import type { Envelope, Session, Transport } from '../sync/session.ts'
import type { RoomLink } from './join.ts'
import type { RoomSettings } from './settings.ts'
import { ref } from 'vue'
import { seedOfTab } from './seed.ts'

export interface InRoom {
  /** Whether somebody looks around in this window, which follows otherwise. */
  readonly away: Ref<boolean>
  /** Whether the connection is lost, after there was one or while there is none yet. */
  readonly lost: Ref<boolean>
  /** Whether the presenter's link was another room's. */
  readonly wrong: Ref<boolean>
  /** Whether a presenter of this room is at work in this browser: then this window is the speaker's too, the projector's. */
  readonly beside: Ref<boolean>
  /** Goes where the speaker is, and follows again. */
  comeBack: () => void
}

export const inRoom: InRoom = /* @__PURE__ */ createInRoom()

function createInRoom(): InRoom {
  return { away: ref(false), lost: ref(false), wrong: ref(false), beside: ref(false), comeBack: () => {} }
}

/** Whether this window may lead: it came by the presenter's link. */
export const maySpeak = (): boolean => seedOfTab() !== undefined

/** Whether this window may look around on its own: it is neither the presenter's nor the projector's beside it. */
export const looksAround = (): boolean => !maySpeak() && !inRoom.beside.value

/** A connection that is not there after so long is lost, in milliseconds. */
const patience = 4000

/** One transport of both: the windows of this browser, and the room. */
export function withRoom(settings: RoomSettings, local: Transport, session: Session): Transport {
  let link: RoomLink | undefined
  const connecting = setTimeout(() => { inRoom.lost.value = true }, patience)

  function join(hear: (envelope: Envelope) => void): void {
    import('./join.ts').then(({ joinRoom }) => {
      link = joinRoom(settings, seedOfTab(), {
        id: session.id,
        hear,
        state: session.state,
        onUp: () => {
          clearTimeout(connecting)
          inRoom.lost.value = false
        },
        onDown: () => {
          inRoom.lost.value = true
        },
        onWrongSeed: () => {
          inRoom.wrong.value = true
        },
      })
    // The script did not come: asked for again as a connection would be.
    }).catch(() => setTimeout(join, patience, hear))
  }

  return {
    send(envelope) {
      local.send(envelope)
      link?.say(envelope)
    },
    listen(listener) {
      local.listen((envelope) => {
        if (envelope.role === 'presenter')
          inRoom.beside.value = true
        listener(envelope)
      })
      join(listener)
    },
  }
}
