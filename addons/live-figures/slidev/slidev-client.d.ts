/** The part of Slidev's client that is used, typed (see `paths` in tsconfig.json). */
import type { RenderContext } from '@slidev/types'
import type { Component, ComputedRef, Ref } from 'vue'
import type { Router } from 'vue-router'

export interface SlideContext {
  /** The click of this slide. */
  $clicks: Ref<number>
  /** Where the slide is drawn: on stage, in the presenter view, in a preview, in the overview. */
  $renderContext: Ref<RenderContext>
  $frontmatter: Record<string, unknown>
  /** Page number, from 1. */
  $page: Ref<number>
}

export function useSlideContext(): SlideContext

/** A slide as the talk lists it. */
export interface ListedSlide {
  /** Page number, from 1. */
  no: number
  meta: { slide: { title?: string, frontmatter: Record<string, unknown> } }
}

export interface Nav {
  isPrintMode: Ref<boolean>
  /** Whether every click is a page of its own. */
  isPrintWithClicks: Ref<boolean>
  isPresenter: Ref<boolean>
  /** Whether this is a page of a slide, the presenter's or the audience's. */
  hasPrimarySlide: Ref<boolean>
  /** Page number of the slide that is shown, from 1. */
  currentPage: Ref<number>
  currentSlideNo: Ref<number>
  currentSlideRoute: Ref<{
    /** Its Markdown as a component. */
    component: Component
    meta: { slide: { title?: string, noteHTML?: string, frontmatter: Record<string, unknown> } }
  }>
  clicks: Ref<number>
  clicksTotal: Ref<number>
  hasNext: Ref<boolean>
  hasPrev: Ref<boolean>
  /** To the next click, or the next slide after the last. */
  next: () => Promise<void>
  prev: () => Promise<void>
  go: (page: number) => Promise<void>
  slides: Ref<ListedSlide[]>
  router: Router
}

export function useNav(): Nav

export function useIsSlideActive(): ComputedRef<boolean>

/** What Slidev shares between windows. */
export const sharedState: {
  page: number
  clicks: number
  clicksTotal: number
  lastUpdate?: { id: string, type: 'presenter' | 'viewer', time: number }
  /** The presenter's timer; moments in milliseconds since 1970, 0 for none. */
  timer: {
    status: 'stopped' | 'running' | 'paused'
    slides: Record<number, { start?: number, end?: number }>
    startedAt: number
    pausedAt: number
  }
  /** The speaker's pointer on the slide. */
  cursor?: object
}

/** The title of the deck, with its template. */
export const slidesTitle: string

/** Ends Slidev's own sharing, in this window. */
export function disableBuiltinSync(): void
