/**
 * The first script of the page, before every module: it stands in for what a browser refuses and Slidev cannot start
 * without. Where site data is blocked, in a frame on another site and in a sandboxed one, to read `localStorage` throws,
 * and modules of Slidev's read it while they load. Where nothing helps, the page says so and links to itself.
 *
 * A deck writes it into its page as a script of its own, and so it imports nothing.
 */

/** A memory that ends with the page. */
function pageStorage(): Storage {
  const kept = new Map<string, string>()
  return {
    get length() {
      return kept.size
    },
    key: index => [...kept.keys()][index] ?? null,
    getItem: key => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, String(value)),
    removeItem: key => void kept.delete(key),
    clear: () => kept.clear(),
  }
}

/** A channel that nobody hears: the window is alone, and the talk goes on in it. */
class UnheardChannel extends EventTarget implements BroadcastChannel {
  readonly name: string
  onmessage = null
  onmessageerror = null

  constructor(name: string) {
    super()
    this.name = name
  }

  postMessage(): void {}

  close(): void {}
}

function isRefused(use: () => unknown): boolean {
  try {
    use()
    return false
  }
  catch {
    return true
  }
}

/** One sentence and a link, as long as the deck has drawn nothing; it takes their place should it start after all. */
function tell(event: Event): void {
  const app = document.querySelector('#app')
  // A style sheet or a font that does not load stops nothing.
  if (!app || app.hasChildNodes() || event.target instanceof HTMLLinkElement)
    return
  const link = document.createElement('a')
  Object.assign(link, { href: location.href, target: '_blank', rel: 'noopener', textContent: location.href })
  const sentence = document.createElement('p')
  sentence.style.cssText = 'max-width: 36em; margin: 15vh auto; padding: 0 1em; font: 18px/1.5 system-ui, sans-serif'
  // The address is the text of the link, because a frame may be forbidden to open it.
  sentence.append(parent === window ? 'The talk could not start; try again: ' : 'The talk cannot start in this frame; open it in a window of its own: ', link)
  app.append(sentence)
}

for (const name of ['localStorage', 'sessionStorage'] as const) {
  // Some browsers have none, and say null.
  if (isRefused(() => window[name].length))
    Object.defineProperty(window, name, { value: pageStorage() })
}
if (isRefused(() => new BroadcastChannel('').close()))
  window.BroadcastChannel = UnheardChannel
// A frame that may not fill the screen is told so by an error that cannot be told from others.
if (document.fullscreenEnabled === false)
  Element.prototype.requestFullscreen = () => Promise.reject(new DOMException('No full screen here', 'NotAllowedError'))

// A script that does not load tells nobody but those who listen on the way down to it.
addEventListener('error', tell, { capture: true })
addEventListener('unhandledrejection', (event) => {
  // What a frame may not do, such as to keep the screen awake, Slidev asks for and can do without.
  if (event.reason instanceof DOMException && event.reason.name === 'NotAllowedError')
    event.preventDefault()
  else
    tell(event)
})
