/**
 * What the figure of each slide says to those who do not see it: its name, what it shows now, and its data as tables.
 * Every FigureFrame of the window's main view writes it here under the number of its slide, and whoever tells a figure
 * in words reads it here: the announcer, the sheet of data, a page for reading.
 */
import type { ComputedRef, MaybeRefOrGetter } from 'vue'
import { computed, onScopeDispose, shallowReactive, toValue } from 'vue'
import { useNav, useSlideContext } from '../slidev/client.ts'

/** One table of a figure's data, as the figure writes its values. */
export interface DataTable {
  /** What the rows are and where they come from, when the figure's caption does not say it. */
  caption: string
  /** Headings with their units: "training compute, FLOP". */
  columns: readonly string[]
  /** As many cells as columns; the first names the row. */
  rows: readonly (readonly string[])[]
}

export interface FigureText {
  readonly caption: string
  readonly summary: string
  /** None for a figure that is a table itself, or a drawing without values. Made only when it is read. */
  readonly tables: readonly DataTable[]
}

const texts = shallowReactive(new Map<number, FigureText>())

/**
 * Whether this is the view of the talk itself, on stage or at the speaker's desk: not a preview, not the overview, not print.
 * Only here a slide speaks to screen readers.
 */
export function useMainView(): ComputedRef<boolean> {
  const { $renderContext } = useSlideContext()
  const { isPrintMode } = useNav()
  return computed(() => !isPrintMode.value && ($renderContext.value === 'slide' || $renderContext.value === 'presenter'))
}

/**
 * Makes a figure's text known while its frame is mounted in the main view; called by FigureFrame alone.
 * @param text read anew whenever it is asked for, so getters keep it true
 */
export function publishFigureText(text: FigureText): void {
  const { $page } = useSlideContext()
  if (!useMainView().value)
    return
  const page = $page.value
  texts.set(page, text)
  onScopeDispose(() => {
    // A figure drawn again after a fault has taken the place before the first one goes.
    if (texts.get(page) === text)
      texts.delete(page)
  })
}

/** The text of the figure on the slide of that number, as it is now; undefined where no figure is mounted. */
export function useFigureText(page: MaybeRefOrGetter<number>): ComputedRef<FigureText | undefined> {
  return computed(() => texts.get(toValue(page)))
}
