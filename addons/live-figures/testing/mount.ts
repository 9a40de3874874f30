/** Mounts a figure on a slide that a test can turn, print and preview. */
import type { RenderContext } from '@slidev/types'
import type { VueWrapper } from '@vue/test-utils'
import type { Component } from 'vue'
import { mount } from '@vue/test-utils'
import { nextTick } from 'vue'
import { fieldOwners } from '../figure/address.ts'
import { sharedFigures } from '../figure/shared.ts'
import { createSlideDouble, slideDoubleKey } from './slidev-client.ts'

export interface MountOptions {
  props?: Record<string, unknown>
  clicks?: number
  renderContext?: RenderContext
  /** `clicks`: a page for each click. */
  print?: boolean | 'clicks'
  reducedMotion?: boolean
  frontmatter?: Record<string, unknown>
  /** Keep what an earlier mount shared, as a window opened later would find it. */
  keepShared?: boolean
}

export type MountedFigure = VueWrapper & {
  setClicks: (clicks: number) => Promise<void>
  /** Turns to another page: the figure's slide is left. */
  leave: () => Promise<void>
}

function setReducedMotion(reduced: boolean): void {
  window.matchMedia = (query: string) => ({
    matches: query.includes('prefers-reduced-motion: reduce') && reduced,
    media: query,
    onchange: null,
    addListener: () => {},
    removeListener: () => {},
    addEventListener: () => {},
    removeEventListener: () => {},
    dispatchEvent: () => false,
  })
}

export function mountFigure(component: Component, options: MountOptions = {}): MountedFigure {
  // What was done in one window alone is not there in the next.
  for (const figures of options.keepShared ? [sharedFigures.own] : [sharedFigures.own, sharedFigures.state]) {
    for (const id of Object.keys(figures))
      delete figures[id]
  }
  fieldOwners.clear()
  setReducedMotion(options.reducedMotion ?? false)
  const slide = createSlideDouble()
  slide.clicks.value = options.clicks ?? 0
  slide.renderContext.value = options.renderContext ?? 'slide'
  slide.print.value = Boolean(options.print)
  slide.printClicks.value = options.print === 'clicks'
  slide.frontmatter = options.frontmatter ?? {}

  const wrapper = mount(component, {
    props: options.props,
    attachTo: document.body,
    global: { provide: { [slideDoubleKey]: slide } },
  })
  return Object.assign(wrapper, {
    async setClicks(clicks: number) {
      slide.clicks.value = clicks
      await nextTick()
    },
    async leave() {
      slide.currentPage.value = 2
      await nextTick()
    },
  }) as MountedFigure
}

/** All text a figure shows, and all it draws, must be free of broken values. */
export function brokenValues(wrapper: VueWrapper): string[] {
  return wrapper.html().match(/NaN|undefined|Infinity|\[object/g) ?? []
}
