/**
 * Windows of one talk without a browser: the real talk, figures, black screen and way of following, over a transport and
 * a router that a test holds in its hands. The transport does what a BroadcastChannel and the development server do: all
 * windows get the same messages in the same order, each in its own time; a window hears nothing from before it was opened.
 */
import type { Place } from '../sync/changes.ts'
import type { Fields } from '../figure/fields.ts'
import type { Envelope, Role, Session } from '../sync/session.ts'
import type { SharedFigures } from '../figure/shared.ts'
import { isSamePlace } from '../sync/changes.ts'
import { shareBlank } from '../sync/blank.ts'
import { choice, whole } from '../figure/fields.ts'
import { shownState } from '../figure/state.ts'
import { followPlace } from '../sync/place.ts'
import { shareFigures } from '../figure/shared.ts'
import { createSession } from '../sync/session.ts'

/** What a window is: the speaker's, one of the speaker's machine, or one that may only look on. */
export type Kind = 'presenter' | 'viewer' | 'onlooker'

export interface FigureState {
  level: number
  model: 'a' | 'b'
}

const fields: Fields<FigureState> = { level: whole(0, 99), model: choice(['a', 'b']) }

/** The figure of the model deck has three clicks, on each of its slides. */
export const pages = 2
export const lastClick = 2
const plan: FigureState[] = [{ level: 0, model: 'a' }, { level: 10, model: 'a' }, { level: 20, model: 'a' }]

export class Room {
  windows: ModelWindow[] = []
  private opened = 0

  open(kind: Kind, place: { page: number, clicks: number } = { page: 1, clicks: 0 }, asked?: number): ModelWindow {
    const window = new ModelWindow(this, `window-${this.opened++}`, kind, { ...place, clicksTotal: lastClick }, asked)
    this.windows.push(window)
    window.start()
    return window
  }

  close(window: ModelWindow): void {
    this.windows = this.windows.filter(other => other !== window)
  }

  /** The same window anew: what it knew is gone, but for what stands in its address. */
  reload(window: ModelWindow): ModelWindow {
    const { level } = window.shows()
    this.close(window)
    return this.open(window.kind, window.place, level === plan[window.place.clicks]?.level ? undefined : level)
  }

  announce(from: ModelWindow, envelope: Envelope): void {
    if (this.windows.includes(from))
      this.windows.filter(window => window !== from).forEach(window => window.inbox.push(structuredClone(envelope)))
  }

  /** Everything that is on its way arrives. */
  rest(): void {
    while (this.windows.some(window => window.arrive() || window.hear() || window.mount()));
  }
}

export class ModelWindow {
  inbox: Envelope[] = []
  readonly session: Session
  readonly figures: SharedFigures
  readonly screen: ReturnType<typeof shareBlank>
  /** Whether somebody looks around alone in it. */
  strayed = false
  readonly kind: Kind
  place: Place
  private readonly room: Room
  /** What the address asks of the figure that is not loaded yet. */
  private asked: number | undefined
  private listener: (envelope: Envelope) => void = () => {}
  private going: Place | undefined
  private readonly arrived: () => void

  constructor(room: Room, id: string, kind: Kind, place: Place, asked?: number) {
    this.room = room
    this.kind = kind
    this.place = place
    this.asked = asked
    this.session = createSession(id)
    this.figures = shareFigures(this.session)
    this.screen = shareBlank(this.session)
    this.arrived = followPlace(this.session, this.screen, {
      here: () => this.place,
      goTo: (place) => {
        this.going = place
        return true
      },
    }).arrive
    this.session.listen({ onJoin: () => {
      this.asked = undefined
    } })
  }

  start(): void {
    const role: Role = this.kind === 'presenter' ? 'presenter' : 'viewer'
    this.session.start({ send: envelope => this.room.announce(this, envelope), listen: listener => (this.listener = listener) }, () => role, this.kind !== 'onlooker')
    this.arrived()
  }

  /** One message comes. */
  hear(): boolean {
    const next = this.inbox.shift()
    if (next)
      this.listener(next)
    return next !== undefined
  }

  /** The page is there that this window set out for. */
  arrive(): boolean {
    const { going } = this
    if (!going)
      return false
    this.going = undefined
    this.strayed &&= !isSamePlace(going, this.session.last('place')?.value as Place ?? going)
    this.asked = undefined
    this.place = going
    this.figures.reach(this.figure, going.clicks)
    this.arrived()
    return true
  }

  /** The figure is loaded, and reads the address the window was opened with. */
  mount(): boolean {
    const { asked } = this
    this.asked = undefined
    if (asked !== undefined)
      this.move({ level: asked })
    return asked !== undefined
  }

  /** Somebody presses a key: to the next click or back, or to another slide. */
  turn(to: { page?: number, clicks: number }): void {
    this.session.use()
    this.strayed ||= this.kind === 'onlooker'
    this.going = { page: to.page ?? this.place.page, clicks: Math.min(Math.max(to.clicks, 0), lastClick), clicksTotal: lastClick }
  }

  press(): void {
    this.session.use()
    this.screen.setBlank(!this.screen.blank.value)
  }

  move(patch: Partial<FigureState>): void {
    this.figures.move(this.figure, { page: this.place.page, step: this.place.clicks, inputs: { ...this.shows(), ...patch } }, this.kind === 'presenter')
  }

  /** What the audience sees. */
  shows(): FigureState {
    const own = this.kind === 'presenter' ? undefined : this.figures.own[this.figure]
    return this.stateAt(this.place, own)
  }

  /** What the talk knows: where it is, whether the screen is black, and each figure at each of its clicks. */
  knows(): unknown {
    const figures = Array.from({ length: pages * (lastClick + 1) }, (_, index) => this.stateAt({ page: 1 + index % pages, clicks: Math.floor(index / pages) }))
    return { place: this.session.last('place')?.value, blank: this.screen.blank.value, figures }
  }

  private get figure(): string {
    return `figure-${this.place.page}`
  }

  private stateAt({ page, clicks }: { page: number, clicks: number }, own?: SharedFigures['own'][string]): FigureState {
    return shownState(plan[clicks]!, clicks, own ?? this.figures.state[`figure-${page}`], fields, ['model'])
  }
}
