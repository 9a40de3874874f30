/**
 * The state of all live figures. Only inputs are shared, never frames: every window computes for itself. What presenters
 * did counts everywhere; what was done in this window alone counts here, until a presenter moves that figure or turns
 * the click. With the next click of its slide a move has ended, and coming back finds the plan.
 */
import type { InjectionKey } from 'vue'
import type { Click } from '../sync/changes.ts'
import type { Session } from '../sync/session.ts'
import { reactive } from 'vue'
import { clickKey } from '../sync/changes.ts'
import { session } from '../sync/session.ts'

/** What a figure was moved to, and where that happened. */
export interface MovedFigure {
  /** Page number of its slide. */
  page: number
  /** The state of its plan that it was moved from. */
  step: number
  inputs: object
  /** Whether the slide was turned to another click since: of the inputs only those count that are kept. */
  ended?: boolean
}

type MovedFigures = Record<string, MovedFigure>

export type SharedFigures = ReturnType<typeof shareFigures>

const prefix = 'figure:'

export function shareFigures(session: Session) {
  /** What presenters did: a function of the session, the same in every window that heard the same. */
  const state = reactive<MovedFigures>({})
  /** What was done in this window, a viewer's. */
  const own = reactive<MovedFigures>({})

  /** Reads anew what the session says of a figure. */
  function read(id: string): void {
    const change = session.last(prefix + id)
    if (!change) {
      Reflect.deleteProperty(state, id)
      return
    }
    const moved = change.value as MovedFigure
    const click = session.last(clickKey(moved.page))?.value as Click | undefined
    state[id] = { ...moved, ended: (click?.since ?? 0) > change.tick }
  }

  session.listen({
    onUpdate(key) {
      if (key.startsWith(prefix))
        read(key.slice(prefix.length))
      for (const [id, { page }] of Object.entries(state)) {
        if (clickKey(page) === key)
          read(id)
      }
    },
    onApply({ key }) {
      if (key === 'place')
        clear(own)
      if (key.startsWith(prefix))
        Reflect.deleteProperty(own, key.slice(prefix.length))
    },
    onJoin: () => clear(own),
  })

  return {
    state,
    own,
    /** Moves a figure: for all when a presenter does it, for this window otherwise. */
    move(id: string, moved: MovedFigure, presenter: boolean): void {
      const plain = JSON.parse(JSON.stringify(moved)) as MovedFigure
      if (!presenter) {
        own[id] = plain
        return
      }
      Reflect.deleteProperty(own, id)
      session.set(`${prefix}${id}`, plain)
    },
    /** This window shows that state of the figure's plan: what was done in it alone at another one has ended. */
    reach(id: string, step: number): void {
      const moved = own[id]
      if (moved && moved.step !== step)
        moved.ended = true
    },
  }
}

function clear(figures: MovedFigures): void {
  for (const id of Object.keys(figures))
    Reflect.deleteProperty(figures, id)
}

/** The figures of this window. */
export const sharedFigures = shareFigures(session)

/** Where figures find them; a test gives each of its windows some of its own. */
export const sharedFiguresKey: InjectionKey<SharedFigures> = Symbol('shared-figures')
