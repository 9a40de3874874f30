/**
 * The state of the figure on the slide, in the address of the window: `#/loss?clicks=3&horizon=20.35`. What stands there
 * is what differs from the plan of the click. It is written beside the router, which knows nothing of it, so that a drag
 * turns no pages and leaves no history; and it is taken off whatever the router is asked for, so that the next page or
 * click has none.
 */
import type { LocationQuery, Router } from 'vue-router'
import { readonly, shallowRef } from 'vue'
import { isSlideRoute, queryKeys } from '../slidev/names.ts'

export type Parameters = Readonly<Record<string, string>>

/** A figure at rest so long is written down, in milliseconds: browsers refuse an address that changes all the time. */
const rest = 400

const asked = shallowRef<Parameters>()
const shown = new Map<string, Parameters>()
let write: (() => void) | undefined

/** What the address asks for on the slide that is shown, from the moment it is opened to the next turn of a page or click. */
export const askedParameters = readonly(asked)

/** Whose each field name is, by page and name; a test's figures all come to one page. */
export const fieldOwners = new Map<string, string>()

/**
 * What a figure's fields are called in the address: as they are, but for a field whose name another figure of the same
 * slide has taken, which says whose it is, as in `other.x`.
 * @param page page number of the slide
 */
export function parameterNames(page: number, id: string, fields: readonly string[]): ReadonlyMap<string, string> {
  return new Map(fields.map((field) => {
    const key = `${page} ${field}`
    if (!fieldOwners.has(key))
      fieldOwners.set(key, id)
    return [field, fieldOwners.get(key) === id ? field : `${id}.${field}`]
  }))
}

/** A talk is on: where it is counts, not what this window was opened with. */
export function forgetAsked(): void {
  asked.value = undefined
}

/** Says what a figure needs in the address: nothing when it is out of sight or as planned. */
export function showInAddress(id: string, parameters: Parameters): void {
  if (Object.keys(parameters).length > 0)
    shown.set(id, parameters)
  else if (!shown.delete(id))
    return
  write?.()
}

/** Called once, while the app is set up. */
export function keepAddress(router: Router): void {
  let waiting: Parameters | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  router.beforeEach((to) => {
    if (!isSlideRoute(to.name))
      return
    const ours = Object.entries(to.query).filter(([key]) => !queryKeys.includes(key))
    if (ours.length === 0)
      return
    // A parameter that stands there twice, or without a value, is nonsense to every field.
    waiting = Object.fromEntries(ours.map(([key, value]) => [key, typeof value === 'string' ? value : '\0']))
    return { path: to.path, hash: to.hash, query: slidevsOf(to.query), replace: true }
  })
  router.afterEach(() => {
    asked.value = waiting
    waiting = undefined
    write?.()
  })

  write = () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      const { path, hash, query } = router.currentRoute.value
      const place = router.resolve({ path, hash, query: { ...query, ...Object.assign({}, ...shown.values()) } })
      // The router keeps the address of an entry of the history in its state, and writes it again when it moves on.
      const entry = history.state as { current?: string } | null
      if (entry && entry.current !== place.fullPath)
        history.replaceState({ ...entry, current: place.fullPath }, '', place.href)
    }, rest)
  }
}

function slidevsOf(query: LocationQuery): LocationQuery {
  return Object.fromEntries(Object.entries(query).filter(([key]) => queryKeys.includes(key)))
}
