/**
 * The presenter's link of a room, as a script of the page before every module: its seed goes out of the address into this
 * tab's storage, which outlives reloads, before anything is drawn or asked for. A fragment is never sent.
 *
 * A deck writes it into its page after fallbacks.ts, and so it imports nothing (seed.ts reads what it keeps).
 */
const link = location.hash.match(/^(.*?)[#&]speak=([\w-]*)$/)
if (link) {
  sessionStorage.setItem(`live-figures:speak:${new URL('./', location.href).pathname}`, link[2] ?? '')
  history.replaceState(history.state, '', `${location.pathname}${location.search}${link[1] ?? ''}`)
}
