/**
 * Keeps a window where the talk is, and tells the talk where somebody turned it to. Both go by one question: is the
 * window where the talk is? Then there is nothing to do, whoever brought it there.
 */
import type { Place } from './changes.ts'
import type { BlankScreen } from './blank.ts'
import type { Session } from './session.ts'
import { isSamePlace } from './changes.ts'

/** The part of a window that turns pages. */
export interface Navigation {
  /** Where the window is, unless it shows no slide of the talk. */
  here: () => Place | undefined
  /** Sets out for a place, unless this window does not follow; a later call, or somebody's key, may overtake it. */
  goTo: (place: Place) => boolean
}

/** A window that follows a talk it has no say in, and in which somebody may look around. */
export interface Looker {
  /** Whether this window is one, and somebody turned its page. */
  looksAround: () => boolean
  /** Whether it is elsewhere for that. */
  away: { value: boolean }
}

/**
 * @param session the window's
 * @param screen the window's, which shows slides again when the page is turned
 * @param looker the window, where somebody may look around in it
 * @returns what is to be called whenever the window has arrived somewhere, and what brings it back
 */
export function followPlace(session: Session, screen: BlankScreen, { here, goTo }: Navigation, looker?: Looker): { arrive: () => void, comeBack: () => void } {
  const known = () => session.last('place')?.value as Place | undefined
  /** Where the window is on its way to. */
  let heading: Place | undefined

  function follow(): void {
    const [place, now] = [known(), here()]
    if (!looker?.away.value && place && now && !isSamePlace(place, heading ?? now) && goTo(place))
      heading = place
  }

  session.listen({
    onApply({ key }) {
      if (key === 'place')
        follow()
    },
    onJoin: follow,
  })

  function arrive(): void {
    heading = undefined
    const [place, now] = [known(), here()]
    if (looker && now)
      looker.away.value = looker.looksAround() && place !== undefined && !isSamePlace(now, place)
    if (!now || looker?.away.value || isSamePlace(now, place))
      return
    session.set('place', now)
    screen.setBlank(false)
  }

  function comeBack(): void {
    if (looker)
      looker.away.value = false
    follow()
  }

  return { arrive, comeBack }
}
