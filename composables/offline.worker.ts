/**
 * The service worker of a built deck. Files whose names hold a hash of their contents come from the cache; the page comes
 * from the network when that answers, so that a new build shows at the next load, and from the cache otherwise.
 *
 * A new build waits until the last window of the old one is closed, and a page never mixes two builds: each page names
 * its own files, and what is not in the cache comes from the network. Nothing here ever reloads a page.
 */
import type { PrecacheEntry } from 'workbox-precaching'
import { cleanupOutdatedCaches, matchPrecache, precacheAndRoute } from 'workbox-precaching'
import { registerRoute } from 'workbox-routing'

/** Every file of the deck; scripts/lib/finish-site.ts writes it here. */
declare const DECK_FILES: PrecacheEntry[]

/** A network that has not answered after this long is taken for none, in milliseconds. */
const patience = 3000

/** The folder of this deck. Another deck may lie in a folder below it, and its pages are its own. */
const folder = new URL('./', location.href).pathname

registerRoute(
  ({ request, url }) => request.mode === 'navigate' && [folder, `${folder}index.html`].includes(url.pathname),
  async ({ request }) => {
    const fresh = fetch(request).catch(() => undefined)
    const answer = await Promise.race([fresh, new Promise<undefined>(resolve => setTimeout(resolve, patience))])
    return answer?.ok ? answer : await matchPrecache('index.html') ?? await fresh ?? Response.error()
  },
)

precacheAndRoute(DECK_FILES)
cleanupOutdatedCaches()
