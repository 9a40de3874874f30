/**
 * Everything the addon relies on of Slidev that Slidev does not promise: where it stands in `@slidev/client`, what has to
 * stand there, why it is used, and what would make it unnecessary. tests/slidev-contract.test.ts holds the installed client
 * to it, so that a new version says at once what broke.
 */
export interface Reliance {
  /** The file of this folder that relies on it. */
  used: string
  /** A file of the package `@slidev/client`, or another package's entry, from node_modules on. */
  file: string
  /** What has to stand in it. */
  says: readonly (string | RegExp)[]
  why: string
  /** The issue or pull request that would end it; `none known` where a search found none. */
  upstream: string
}

const sync = 'slidevjs/slidev#2611 (several presenters, open) and #2274 (viewers that do not sync, open); #1854 gave disableBuiltinSync, and addSyncMethod, which has no order of changes and no late joiner'
const noFocus = 'slidevjs/slidev#36 (keys after a click on a button, open); #40 is how buttons and links came to hold the keys'

export const contract: readonly Reliance[] = [
  { used: 'client.ts', file: '@slidev/client/index.ts', says: ['useNav', 'useSlideContext', 'useIsSlideActive', 'sharedState', 'disableBuiltinSync', 'export * from \'./env\''],
    why: 'Public; listed so that this test names what is gone.',
    upstream: 'nothing to wait for' },
  { used: 'deck.ts', file: '@slidev/client/env.ts', says: ['export const slidesTitle'],
    why: 'The channel and the storage of a deck are named after its title and its place; Slidev’s after the title alone.',
    upstream: 'slidevjs/slidev#552 gave the title; none known for the place' },
  { used: 'client.ts', file: '@slidev/client/context.ts', says: ['$clicks,', '$page,', '$renderContext,', '$frontmatter,'],
    why: 'A figure asks where its slide is drawn, and at which click.',
    upstream: 'nothing to wait for: documented for templates' },
  { used: 'client.ts', file: '@slidev/client/internals/SlidesShow.vue', says: ['renderContext: \'slide\' | \'presenter\'', '<GlobalTop />'],
    why: 'Figures are live where Slidev shows the slide itself, by these two names; previews and the overview have others. The global layer stands there once a window.',
    upstream: 'slidevjs/slidev#1427 (tell where a component is drawn, closed) gave the names of RenderWhen; there is no composable for it' },
  { used: 'client.ts', file: '@slidev/client/composables/useNav.ts', says: ['query.value.has(\'print\')', 'query.value.get(\'print\') === \'clicks\'', 'currentRoute.name === \'presenter\'', '!!currentRoute.params.no', 'isPrintWithClicks'],
    why: 'Print is still, and where a page stands for all clicks it shows small multiples; presenter windows lead.',
    upstream: 'nothing to wait for: useNav is public; what it goes by is not' },
  { used: 'client.ts', file: '@slidev/client/logic/slides.ts', says: ['$page.value === $nav.value.currentSlideNo'],
    why: 'In print every slide is active, and a figure asks for print first.',
    upstream: 'slidevjs/slidev#2310, settled by #2508' },
  { used: 'names.ts', file: '@slidev/client/setup/routes.ts', says: ['name: \'play\'', 'path: \'/:no\'', 'name: \'presenter\'', 'path: \'/presenter/:no\''],
    why: 'The address carries a figure’s state on the routes of slides alone, and windows are sent to a slide by its path.',
    upstream: 'none known: nav.go() pushes an entry of the history, and has no way to replace one' },
  { used: 'names.ts', file: '@slidev/client/logic/slidePath.ts', says: ['routeAlias ?? route.no', '`/presenter/${no}` : `/${no}`'],
    why: 'The same.',
    upstream: 'none known' },
  { used: 'names.ts', file: '@slidev/client/composables/useNav.ts', says: ['useRouteQuery<string>(\'clicks\'', 'has(\'embedded\')', 'get(\'password\')', 'query?.range'],
    why: 'Every other parameter of an address is taken for a figure’s.',
    upstream: 'none known: there is no list of them' },
  { used: 'names.ts', file: '@slidev/client/layouts/default.vue', says: ['class="slidev-layout'],
    why: 'Keys that a control has no use for go to the talk only from within a slide.',
    upstream: noFocus },
  { used: 'names.ts', file: '@slidev/client/internals/SlideContainer.vue', says: ['\'slide-container\''],
    why: 'Where a deck lets a finger pan an enlarged slide, it turns no page.',
    upstream: 'none known' },
  { used: 'names.ts', file: '@slidev/client/pages/presenter.vue', says: ['useLocalStorage(\'slidev-presenter-notes-row-size\''],
    why: 'A deck may give the notes more height than Slidev does.',
    upstream: 'slidevjs/slidev#2407 (presenter layouts of one’s own, open); #2466 made the height the speaker’s' },
  { used: 'keys.ts', file: '@slidev/client/state/storage.ts', says: ['[\'INPUT\', \'TEXTAREA\']', '[\'BUTTON\', \'A\']'],
    why: 'While one of these has the focus Slidev takes no key: after a click on a control the clicker would be dead.',
    upstream: noFocus },
  { used: 'keys.ts', file: '@slidev/client/composables/useSwipeControls.ts', says: ['usePointerSwipe(root', 'pointerTypes: [\'touch\']'],
    why: 'A finger that drags a slider would turn the page; the swipe listens on an element further out.',
    upstream: 'none known; #246 keeps clicks on slides free for interactive components, by design' },
  { used: 'state.ts', file: '@slidev/client/state/storage.ts', says: ['export const syncDirections', 'viewerSend', 'viewerReceive', 'presenterSend', 'presenterReceive'],
    why: 'Slidev’s switches for who follows whom hold for live figures’ way of syncing too, and are not exported.',
    upstream: sync },
  { used: 'state.ts', file: '@slidev/client/state/syncState.ts', says: ['export function disableBuiltinSync', 'builtinSync.disable()'],
    why: 'Two ways of following would fight: Slidev’s sends a new window’s cover to all, and lets anybody on the network turn pages.',
    upstream: sync },
  { used: 'state.ts', file: '@slidev/client/state/shared.ts', says: ['from \'server-reactive:nav\'', 'cursor?:', 'timer:', 'lastUpdate?:'],
    why: 'While developing, Slidev’s state is the server’s: two flags of that module stop it, since disableBuiltinSync does not.',
    upstream: 'none known: disableBuiltinSync (#1854) is for built decks' },
  { used: 'state.ts', file: 'vite-plugin-vue-server-ref/dist/index.mjs', says: ['\'$syncUp\'', '\'$syncDown\''],
    why: 'The two flags.',
    upstream: 'none known' },
  { used: 'windows.ts', file: '@slidev/client/setup/root.ts', says: [/for \(const setup of setups\)\s+setup\(\)[\s\S]+initSharedState\(/, 'state.lastUpdate?.type === syncType.value'],
    why: 'Its own sharing begins after the setups, and ends before the app is mounted; a change of the page that names this window’s kind is not gone after.',
    upstream: sync },
  { used: 'wake-lock.ts', file: '@slidev/client/composables/useWakeLock.ts', says: [/^\s+request\('screen'\)$/m],
    why: 'It leaves a refusal unhandled: in a frame, on a low battery, in automation.',
    upstream: 'slidevjs/slidev#1676 (wake lock, merged) has no catch; vueuse/vueuse#3484 (closed, stale)' },
  { used: 'fallbacks.ts', file: '@slidev/client/state/storage.ts', says: ['useLocalStorage<number>(\'slidev-scale\''],
    why: 'It is read while modules load, and throws where site data is blocked: the deck would stay blank.',
    upstream: 'vueuse/vueuse#2534 (useLocalStorage throws, closed, stale); vueuse/vueuse#1124 mended useStorage alone' },
  { used: '../setup/shortcuts.ts', file: '@slidev/client/logic/shortcuts.ts', says: ['if (autoRepeat)', 'setTimeout(trigger'],
    why: 'A held key is repeated by a timer; a page that is busy hears the timer before it hears that the key was let go.',
    upstream: 'none known' },
  { used: '../styles/index.css', file: '@slidev/client/logic/dark.ts', says: ['html.classList.toggle(\'dark\''],
    why: 'The colours of the dark mode.',
    upstream: 'nothing to wait for: documented for themes' },
]
