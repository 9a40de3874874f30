/**
 * A window opened while a talk is on follows the speaker, and does not lead until somebody uses it: Slidev itself takes
 * the first page of a new window for a turn of the page, and would throw the talk back to the cover.
 */
import type { Router } from 'vue-router'
import { onSharedUpdate, sharedState } from '@slidev/client'
import { syncDirections } from '@slidev/client/state/storage.ts'

/** Where the speaker is, as windows tell each other. */
export type Place = Pick<typeof sharedState, 'page' | 'clicks' | 'clicksTotal' | 'lastUpdate'>

const isSpeaker = () => location.href.includes('/presenter')

/** What this window tells a new one: the place, if this is the speaker's. */
export function placeToTell(): Place | undefined {
  if (!isSpeaker())
    return undefined
  const { page, clicks, clicksTotal, lastUpdate } = sharedState
  return JSON.parse(JSON.stringify({ page, clicks, clicksTotal, lastUpdate })) as Place
}

/** Goes where the speaker is, unless somebody already uses this window. */
export function follow(place: Place): void {
  if (!isSpeaker() && !syncDirections.value.viewerSend)
    onSharedUpdate(place)
}

/** Makes a new audience window receive before it sends. Called once, by setup/main.ts. */
export function followFirst(router: Router): void {
  if (isSpeaker())
    return
  syncDirections.value.viewerSend = false
  const lead = (): void => {
    syncDirections.value.viewerSend = true
  }
  for (const use of ['keydown', 'pointerdown'] as const)
    addEventListener(use, lead, { capture: true, once: true })

  // While developing the server knows the place; whoever asks for a slide by its name gets that slide.
  void router.isReady().then(() => {
    const { page, clicks, lastUpdate } = sharedState
    const asked = router.currentRoute.value.params.no
    if (lastUpdate?.type === 'presenter' && (!asked || asked === 'cover' || asked === '1') && page > 1)
      void router.replace({ path: `/${page}`, query: { clicks } })
  })
}
