/** The part of Slidev's client that this deck uses, typed (see `paths` in tsconfig.json). */
import type { RenderContext } from '@slidev/types'
import type { Component, ComputedRef, Ref } from 'vue'

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
  meta: { slide: { title?: string } }
}

export interface Nav {
  isPrintMode: Ref<boolean>
  isPresenter: Ref<boolean>
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
}

export function useNav(): Nav

export function useIsSlideActive(): ComputedRef<boolean>

export interface SyncState<State extends object> {
  state: State
  /** Starts sharing over a channel of that name. */
  init: (channel: string) => void
  onUpdate: (patch: Partial<State>) => void
}

export function createSyncState<State extends object>(serverState: State, defaultState: State): SyncState<State>

/** Where the talk is, shared between windows. */
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
}

/** Takes over what another window shared. */
export function onSharedUpdate(patch: Partial<typeof sharedState>): void
