/**
 * Keeps the windows of a talk together: place, clock and pointer go from Slidev's state to the talk and back.
 *
 * Slidev's own way is put to rest. It names its channel by the deck's title alone, so that two decks on one origin turn
 * each other's pages; a new window throws the talk back to the cover; two presenters do not follow each other; and while
 * developing anyone on the network could turn pages.
 */
import type { Place } from '../sync/changes.ts'
import type { Role } from '../sync/session.ts'
import { onBeforeMount, watch } from 'vue'
import type { Looker } from '../sync/place.ts'
import { forgetAsked } from '../figure/address.ts'
import { inRoom, looksAround, maySpeak, withRoom } from '../room/window.ts'
import { blank, setBlank } from '../sync/blank.ts'
import { resetClock } from '../sync/clock.ts'
import { followPlace } from '../sync/place.ts'
import { session } from '../sync/session.ts'
import { openTransport } from '../sync/transport.ts'
import { sharedState, useNav } from './client.ts'
import { deckName } from './deck.ts'
import { slidePath } from './names.ts'
import { disableSlidevSync, syncDirections } from './state.ts'

/** Called once, by setup/root.ts, while the app is set up. */
export function syncWindows(): void {
  const nav = useNav()
  if (nav.isPrintMode.value)
    return

  const role = (): Role => {
    // Of a room, only who came by the presenter's link leads, whatever the route.
    if (import.meta.env.DECK_ROOM && (looksAround() || (nav.isPresenter.value && !maySpeak())))
      return 'listener'
    return nav.isPresenter.value ? 'presenter' : nav.hasPrimarySlide.value ? 'viewer' : 'listener'
  }
  const sends = () => role() === 'presenter' ? syncDirections.value.presenterSend : syncDirections.value.viewerSend
  const receives = () => role() === 'presenter' ? syncDirections.value.presenterReceive : syncDirections.value.viewerReceive

  // After Slidev has set up its state, and before that announces anything.
  onBeforeMount(() => {
    disableSlidevSync()
    // Not before this window knows what it is.
    void nav.router.isReady().then(() => {
      const windows = openTransport(deckName('windows'))
      // A window of the speaker's own browser may lead without being the presenter's; one on another machine never does.
      const viewersLead = !import.meta.hot || ['localhost', '127.0.0.1', '[::1]'].includes(location.hostname)
      if (import.meta.env.DECK_ROOM)
        session.start(withRoom(import.meta.env.DECK_ROOM, windows, session), role, viewersLead, Date.now)
      else
        session.start(windows, role, viewersLead)
      watch([nav.currentSlideNo, nav.clicks, nav.hasPrimarySlide], arrive, { immediate: true })
      // A clock that was kept through a reload.
      if (role() === 'presenter' && sharedState.timer.status !== 'stopped')
        session.set('timer', sharedState.timer)
    })
  })

  for (const use of ['keydown', 'pointerdown'] as const)
    addEventListener(use, session.use, { capture: true })

  const here = (): Place | undefined => nav.hasPrimarySlide.value
    ? { page: nav.currentSlideNo.value, clicks: nav.clicks.value, clicksTotal: nav.clicksTotal.value }
    : undefined
  /** Whether somebody used this window since it was sent somewhere: where it arrives then is where somebody wanted it. */
  let touched = false
  const looker: Looker | undefined = import.meta.env.DECK_ROOM ? { looksAround: () => touched && looksAround(), away: inRoom.away } : undefined
  const following = followPlace(session, { blank, setBlank }, { here, goTo }, looker)
  if (import.meta.env.DECK_ROOM) {
    inRoom.comeBack = following.comeBack
    for (const use of ['keydown', 'pointerdown', 'popstate'] as const)
      addEventListener(use, () => { touched = true }, { capture: true })
  }

  function arrive(): void {
    note(here())
    if (sends())
      following.arrive()
  }

  /** Slidev's state stays true, and Slidev takes it for its own doing: it would go after what changed elsewhere. */
  function note(place: Place | undefined): void {
    if (place)
      Object.assign(sharedState, place, { lastUpdate: { id: session.id, type: role() === 'presenter' ? 'presenter' : 'viewer', time: Date.now() } })
  }

  /** The router drops what it was on its way to before, so that no window arrives where the talk has been. */
  function goTo(place: Place): boolean {
    const slide = nav.slides.value[place.page - 1]
    if (!slide || !receives())
      return false
    touched = false
    note(place)
    const name = String(slide.meta.slide.frontmatter.routeAlias ?? slide.no)
    const { router } = nav
    void router.replace({
      path: slidePath(name, nav.isPresenter.value),
      query: { ...router.currentRoute.value.query, clicks: place.clicks || undefined },
    })
    return true
  }

  // The clock and the pointer are the presenters'.
  for (const key of ['timer', 'cursor'] as const) {
    watch(() => JSON.stringify(sharedState[key] ?? null), (now) => {
      if (role() === 'presenter' && sends() && now !== JSON.stringify(session.last(key)?.value ?? null))
        session.set(key, JSON.parse(now))
    })
  }

  session.listen({
    onJoin() {
      forgetAsked()
      // A clock that this browser kept from another talk.
      if (!session.last('timer'))
        resetClock()
    },
    onApply({ key, value }) {
      if (key === 'timer' || key === 'cursor')
        Object.assign(sharedState, { [key]: value ?? undefined })
    },
  })
}
