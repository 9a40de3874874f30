/**
 * The state of all live figures. Only inputs are shared, never frames: every window computes for itself. What presenters
 * did counts everywhere; what was done in this window alone counts here, until a presenter acts on that figure or turns
 * the click.
 */
import type { InjectionKey } from 'vue'
import type { Talk } from './talk.ts'
import { reactive } from 'vue'
import { talk } from './talk.ts'

/** What a figure was moved to, and the click at which that happened: the next click takes it back to the plan. */
export interface MovedFigure {
  step: number
  inputs: object
}

export type MovedFigures = Record<string, MovedFigure>

export interface SharedFigures {
  /** What presenters did. */
  state: MovedFigures
  /** What was done in this window, a viewer's. */
  own: MovedFigures
  /** Moves a figure: for all when a presenter does it, for this window otherwise. */
  move: (id: string, moved: MovedFigure, presenter: boolean) => void
}

const prefix = 'figure:'

export function shareFigures(talk: Talk): SharedFigures {
  const state = reactive<MovedFigures>({})
  const own = reactive<MovedFigures>({})

  talk.listen({
    onAct({ subject, value }) {
      if (subject === 'place')
        clear(own)
      if (subject.startsWith(prefix)) {
        const id = subject.slice(prefix.length)
        Reflect.deleteProperty(own, id)
        state[id] = value as MovedFigure
      }
    },
    onJoin() {
      clear(own)
      clear(state)
    },
  })

  return {
    state,
    own,
    move(id, moved, presenter) {
      const plain = JSON.parse(JSON.stringify(moved)) as MovedFigure
      if (!presenter) {
        own[id] = plain
        return
      }
      Reflect.deleteProperty(own, id)
      state[id] = plain
      talk.act(`${prefix}${id}`, plain)
    },
  }
}

function clear(figures: MovedFigures): void {
  for (const id of Object.keys(figures))
    Reflect.deleteProperty(figures, id)
}

/** The figures of this window. */
export const sharedFigures = shareFigures(talk)

/** Where figures find them; a test gives each of its windows some of its own. */
export const sharedFiguresKey: InjectionKey<SharedFigures> = Symbol('shared-figures')
