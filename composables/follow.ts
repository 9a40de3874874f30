/**
 * Keeps the windows of a talk together: place, clock and pointer go from Slidev's state to the talk and back.
 *
 * Slidev's own way is put to rest. It names its channel by the deck's title alone, so that two decks on one origin turn
 * each other's pages; a new window throws the talk back to the cover; two presenters do not follow each other; and while
 * developing anyone on the network could turn pages.
 */
import type { Place, Role } from './talk.ts'
import { disableBuiltinSync, sharedState, useNav } from '@slidev/client'
import { syncDirections } from '@slidev/client/state/storage.ts'
import { onBeforeMount, watch } from 'vue'
import { forgetAsked } from './address.ts'
import { setBlank } from './blank.ts'
import { openPipe } from './pipe.ts'
import { talk } from './talk.ts'

/** Called once, by setup/root.ts, while the app is set up. */
export function useTalk(): void {
  const nav = useNav()
  if (nav.isPrintMode.value)
    return

  const role = (): Role => nav.isPresenter.value ? 'presenter' : nav.hasPrimarySlide.value ? 'viewer' : 'listener'
  const sends = () => role() === 'presenter' ? syncDirections.value.presenterSend : syncDirections.value.viewerSend
  const receives = () => role() === 'presenter' ? syncDirections.value.presenterReceive : syncDirections.value.viewerReceive

  // After Slidev has set up its state, and before that tells anybody.
  onBeforeMount(() => {
    disableBuiltinSync()
    Object.assign(sharedState, { $syncUp: false, $syncDown: false })
    // Not before this window knows what it is.
    void nav.router.isReady().then(() => {
      // A window of the speaker's own browser may lead without being the presenter's; one on another machine never does.
      talk.start(openPipe(new URL(import.meta.env.BASE_URL, location.href).pathname), role, !import.meta.hot || ['localhost', '127.0.0.1', '[::1]'].includes(location.hostname))
      // A clock that was kept through a reload.
      if (role() === 'presenter' && sharedState.timer.status !== 'stopped')
        talk.act('timer', sharedState.timer)
      watch([nav.currentSlideNo, nav.clicks, nav.hasPrimarySlide], say, { immediate: true })
    })
  })

  for (const use of ['keydown', 'pointerdown'] as const)
    addEventListener(use, talk.use, { capture: true })

  const here = (): Place => ({ page: nav.currentSlideNo.value, clicks: nav.clicks.value, clicksTotal: nav.clicksTotal.value })
  const keyOf = ({ page, clicks }: Place) => `${page}.${clicks}`
  /** Where this window was told to go and has not been yet: arriving there is no act. */
  const told = new Set<string>()

  /** Says where this window is, unless it was told to go there. */
  function say(): void {
    if (!nav.hasPrimarySlide.value)
      return
    const place = here()
    note(place)
    const key = keyOf(place)
    const last = talk.last('place')?.value as Place | undefined
    if (last && keyOf(last) === key)
      told.clear()
    else if (!told.has(key) && sends()) {
      talk.act('place', place)
      setBlank(false)
    }
  }

  /** Slidev's state stays true, and Slidev takes it for its own doing: it would go after what changed elsewhere. */
  function note(place: Place): void {
    Object.assign(sharedState, place, { lastUpdate: { id: talk.id, type: role() === 'presenter' ? 'presenter' : 'viewer', time: Date.now() } })
  }

  function goTo(place: Place): void {
    const slide = nav.slides.value[place.page - 1]
    if (!slide || !receives())
      return
    note(place)
    if (!nav.hasPrimarySlide.value || keyOf(place) === keyOf(here()))
      return
    told.add(keyOf(place))
    const name = String(slide.meta.slide.frontmatter.routeAlias ?? slide.no)
    const { router } = nav
    void router.replace({
      path: nav.isPresenter.value ? `/presenter/${name}` : `/${name}`,
      query: { ...router.currentRoute.value.query, clicks: place.clicks || undefined },
    })
  }

  // The clock and the pointer are the presenters'.
  for (const subject of ['timer', 'cursor'] as const) {
    watch(() => JSON.stringify(sharedState[subject] ?? null), (now) => {
      if (role() === 'presenter' && sends() && now !== JSON.stringify(talk.last(subject)?.value ?? null))
        talk.act(subject, JSON.parse(now))
    })
  }

  talk.listen({
    onJoin: forgetAsked,
    onAct({ subject, value }) {
      if (subject === 'place')
        goTo(value as Place)
      else if (subject === 'timer' || subject === 'cursor')
        Object.assign(sharedState, { [subject]: value ?? undefined })
    },
  })
}
