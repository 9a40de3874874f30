/**
 * Who gets the keys and the fingers: a control while it is used, the talk at all other times.
 *
 * Slidev takes no key while a button, a link or a field has the focus, and takes every long touch for a turn of the page.
 * So a control keeps the focus only for those who came to it by keyboard, and only the keys that it has a use for; a
 * finger on it belongs to it alone. This holds for all controls alike, those of Slidev's own views included; a control
 * has to do nothing for it, and what is no button, link or field says `data-control`.
 */
import { slideContainer, slideLayout } from './names.ts'

const controls = 'a[href], button, input, select, textarea, [contenteditable=true], [tabindex="0"], [data-control]'
const writing = 'input:not([type=range], [type=checkbox], [type=radio], [type=button]), textarea, select, [contenteditable=true]'

/** Where a pointer moves a slide that is larger than its window: a finger there pans, it turns no page. */
const panned = `[data-pan] ${slideContainer}`

/** Where what a control has no use for goes to the talk: on slides, and in what a deck marks beside them. */
const shared = `${slideLayout}, [data-page-keys]`

const pageKeys = ['PageUp', 'PageDown']
const arrowKeys = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']

/**
 * Starts to give keys and fingers to whom they belong. Called once, while the app is set up.
 * @returns what ends it
 */
export function shareKeys(): () => void {
  const end = new AbortController()
  const first = { capture: true, signal: end.signal }
  addEventListener('pointerdown', keepFinger, first)
  for (const done of ['pointerup', 'pointercancel', 'click'] as const)
    addEventListener(done, giveBackAfterPointer, { signal: end.signal, capture: true })
  addEventListener('keydown', giveWhatIsNotUsed, first)
  addEventListener('keydown', giveBackAtEscape, { signal: end.signal })
  return () => end.abort()
}

function focused(): HTMLElement | null {
  const element = document.activeElement
  return element instanceof HTMLElement && element !== document.body ? element : null
}

/** Slidev's swipe, which listens further out, does not see what begins on a control or on a page that is magnified. */
function keepFinger(event: PointerEvent): void {
  const target = event.target as Element
  const magnified = (window.visualViewport?.scale ?? 1) > 1.01
  const keeper = target.closest(controls) ?? target.closest(magnified && event.pointerType === 'touch' ? '*' : panned)
  keeper?.addEventListener('pointerdown', inner => inner.stopPropagation(), { once: true })
}

/** After use by pointer nothing but a field to write in keeps the focus, and that only while the pointer stays in it. */
function giveBackAfterPointer(event: MouseEvent): void {
  // A click by keyboard has no pointer (detail 0): then the focus stays where the user put it.
  if (event.type === 'click' && event.detail === 0)
    return
  const field = focused()
  if (field && !(field.matches(writing) && event.target instanceof Node && field.contains(event.target)))
    field.blur()
}

/** Keys that the control with the focus has no use for turn the page, as if it had none; those it uses turn nothing. */
function giveWhatIsNotUsed(event: KeyboardEvent): void {
  const control = focused()
  if (!control?.closest(shared) || event.ctrlKey || event.metaKey || event.altKey || event.isComposing)
    return
  const { key } = event
  if (pageKeys.includes(key)) {
    // A clicker's keys: a slider would take them for steps of its own.
    if (control.matches('input'))
      event.preventDefault()
    control.blur()
  }
  else if (control.matches(writing)) {
    if (key === 'Enter' || key === 'Escape') {
      // The browser would empty a search field at Escape; what was searched for stays.
      event.preventDefault()
      event.stopImmediatePropagation()
      control.blur()
    }
  }
  else if (control.matches('a, button') && arrowKeys.includes(key)) {
    control.blur()
  }
}

/** Escape gives the keys back, unless it was spent on something else, such as a row to close. */
function giveBackAtEscape(event: KeyboardEvent): void {
  if (event.key === 'Escape' && !event.defaultPrevented)
    focused()?.blur()
}
