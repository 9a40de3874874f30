/**
 * The deck on a phone. A window that is high and narrow leaves most of its height empty under the slide: there stand large
 * buttons and the way to the page to read (components/small-screen/). And on any small screen the slide can be enlarged to
 * the size it is drawn at, where a finger moves it about and its controls are as large as on a desk.
 * Where the window is and what it enlarges is its own: nothing of this is shared.
 */
import { useMediaQuery } from '@vueuse/core'
import { computed, nextTick, onScopeDispose, ref, watchEffect } from 'vue'

/** The size slides are drawn at, in CSS pixels. */
export const drawn = { width: 980, height: 552 }

/** Sets the page up for reading while the window asks for it; used once, by SmallScreen. */
export function useReading() {
  /** Whether there is room under the slide. */
  const reading = useMediaQuery('(orientation: portrait) and (max-width: 820px)')
  const flat = useMediaQuery('(orientation: landscape) and (max-height: 500px) and (pointer: coarse)')
  /** Whether the slide can be enlarged here. */
  const small = computed(() => reading.value || flat.value)
  const wanted = ref(false)
  const enlarged = computed(() => wanted.value && small.value)

  const { documentElement } = document
  watchEffect(() => {
    documentElement.classList.toggle('reading', reading.value)
    documentElement.classList.toggle('enlarged', enlarged.value)
    // A finger on the slide pans it and turns no page (addons/live-figures).
    documentElement.toggleAttribute('data-pan', enlarged.value)
  })
  onScopeDispose(() => {
    documentElement.classList.remove('reading', 'enlarged')
    documentElement.removeAttribute('data-pan')
  })

  /**
   * Enlarges the slide, or fits it in again.
   * @param at what of the slide is to stand in the middle, from 0 to 1 in both directions; the top left corner by default
   */
  async function enlarge(now: boolean, at = { x: 0, y: 0 }): Promise<void> {
    wanted.value = now
    await nextTick()
    const frame = document.querySelector('#page-root')
    frame?.scrollTo({ left: at.x * drawn.width - frame.clientWidth / 2, top: at.y * drawn.height - frame.clientHeight / 2, behavior: 'instant' })
  }

  return { reading, small, enlarged, enlarge }
}
