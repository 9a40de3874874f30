/**
 * Keeps the windows of a talk together: place, clock and pointer go from Slidev's state to the talk and back.
 *
 * Slidev's own way is put to rest. It names its channel by the deck's title alone, so that two decks on one origin turn
 * each other's pages; a new window throws the talk back to the cover; two presenters do not follow each other; and while
 * developing anyone on the network could turn pages.
 */
import type { Place } from './acts.ts'
import type { Role } from './talk.ts'
import { disableBuiltinSync, sharedState, useNav } from '@slidev/client'
import { syncDirections } from '@slidev/client/state/storage.ts'
import { onBeforeMount, watch } from 'vue'
import { forgetAsked } from './address.ts'
import { blank, setBlank } from './blank.ts'
import { followPlace } from './place.ts'
import { talk } from './talk.ts'
import { resetClock } from './talk-clock.ts'
import { deckPath, openTransport } from './transport.ts'

/** Called once, by setup/root.ts, while the app is set up. */
export function useTalk(): void {
  const nav = useNav()
  if (nav.isPrintMode.value)
    return

  const role = (): Role => nav.isPresenter.value ? 'presenter' : nav.hasPrimarySlide.value ? 'viewer' : 'listener'
  const sends = () => role() === 'presenter' ? syncDirections.value.presenterSend : syncDirections.value.viewerSend
  const receives = () => role() === 'presenter' ? syncDirections.value.presenterReceive : syncDirections.value.viewerReceive

  // After Slidev has set up its state, and before that announces anything.
  onBeforeMount(() => {
    disableBuiltinSync()
    Object.assign(sharedState, { $syncUp: false, $syncDown: false })
    // Not before this window knows what it is.
    void nav.router.isReady().then(() => {
      // A window of the speaker's own browser may lead without being the presenter's; one on another machine never does.
      talk.start(openTransport(deckPath(import.meta.env.BASE_URL, location.href)), role, !import.meta.hot || ['localhost', '127.0.0.1', '[::1]'].includes(location.hostname))
      watch([nav.currentSlideNo, nav.clicks, nav.hasPrimarySlide], arrive, { immediate: true })
      // A clock that was kept through a reload.
      if (role() === 'presenter' && sharedState.timer.status !== 'stopped')
        talk.act('timer', sharedState.timer)
    })
  })

  for (const use of ['keydown', 'pointerdown'] as const)
    addEventListener(use, talk.use, { capture: true })

  const here = (): Place | undefined => nav.hasPrimarySlide.value
    ? { page: nav.currentSlideNo.value, clicks: nav.clicks.value, clicksTotal: nav.clicksTotal.value }
    : undefined
  const announcePlace = followPlace(talk, { blank, setBlank }, { here, goTo })

  function arrive(): void {
    note(here())
    if (sends())
      announcePlace()
  }

  /** Slidev's state stays true, and Slidev takes it for its own doing: it would go after what changed elsewhere. */
  function note(place: Place | undefined): void {
    if (place)
      Object.assign(sharedState, place, { lastUpdate: { id: talk.id, type: role() === 'presenter' ? 'presenter' : 'viewer', time: Date.now() } })
  }

  /** The router drops what it was on its way to before, so that no window arrives where the talk has been. */
  function goTo(place: Place): boolean {
    const slide = nav.slides.value[place.page - 1]
    if (!slide || !receives())
      return false
    note(place)
    const name = String(slide.meta.slide.frontmatter.routeAlias ?? slide.no)
    const { router } = nav
    void router.replace({
      path: nav.isPresenter.value ? `/presenter/${name}` : `/${name}`,
      query: { ...router.currentRoute.value.query, clicks: place.clicks || undefined },
    })
    return true
  }

  // The clock and the pointer are the presenters'.
  for (const subject of ['timer', 'cursor'] as const) {
    watch(() => JSON.stringify(sharedState[subject] ?? null), (now) => {
      if (role() === 'presenter' && sends() && now !== JSON.stringify(talk.last(subject)?.value ?? null))
        talk.act(subject, JSON.parse(now))
    })
  }

  talk.listen({
    onJoin() {
      forgetAsked()
      // A clock that this browser kept from another talk.
      if (!talk.last('timer'))
        resetClock()
    },
    onAct({ subject, value }) {
      if (subject === 'timer' || subject === 'cursor')
        Object.assign(sharedState, { [subject]: value ?? undefined })
    },
  })
}
