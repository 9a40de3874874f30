/**
 * A typed double of the part of `@slidev/client` that is used, driven by refs that tests set. Components
 * import it in the place of the real one.
 */
import type { ListedSlide, sharedState as SharedState, SlideContext } from '@slidev/client'
import type { RenderContext } from '@slidev/types'
import type { Ref } from 'vue'
import { computed, inject, reactive, ref } from 'vue'

/** What a test sets before and after mounting. */
export interface SlideDouble {
  clicks: Ref<number>
  renderContext: Ref<RenderContext>
  print: Ref<boolean>
  /** Whether each click is printed as a page of its own. */
  printClicks: Ref<boolean>
  /** The page that is shown; the figure under test stands on page 1. */
  currentPage: Ref<number>
  frontmatter: Record<string, unknown>
  slides: Ref<ListedSlide[]>
}

export const slideDoubleKey = 'slide-double'

export function createSlideDouble(): SlideDouble {
  return {
    clicks: ref(0),
    renderContext: ref<RenderContext>('slide'),
    print: ref(false),
    printClicks: ref(false),
    currentPage: ref(1),
    frontmatter: {},
    slides: ref([]),
  }
}

// Composables outside of a mounted component would get no double: that is a mistake of the test.
function double(): SlideDouble {
  const found = inject<SlideDouble | undefined>(slideDoubleKey, undefined)
  if (!found)
    throw new Error('No slide double: mount the component through mountFigure().')
  return found
}

export function useSlideContext(): SlideContext {
  const slide = double()
  return {
    $clicks: slide.clicks,
    $renderContext: slide.renderContext,
    $frontmatter: slide.frontmatter,
    $page: ref(1),
  }
}

export function useNav() {
  const slide = double()
  return { isPrintMode: slide.print, isPrintWithClicks: slide.printClicks, currentPage: slide.currentPage, slides: slide.slides }
}

export function useIsSlideActive() {
  const slide = double()
  // As in Slidev: in print every slide is active.
  return computed(() => slide.print.value || slide.currentPage.value === 1)
}

export const slidesTitle = 'A talk'

export function disableBuiltinSync(): void {}

export const sharedState: typeof SharedState = reactive({
  page: 1,
  clicks: 0,
  clicksTotal: 0,
  timer: { status: 'stopped', slides: {}, startedAt: 0, pausedAt: 0 },
})
