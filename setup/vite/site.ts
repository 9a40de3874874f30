/** What a built deck is for: read by the builder's plugins, which run in a process of their own. */
import type { RoomSettings } from '#live-figures/room'
import process from 'node:process'
import { readRoom, roomVariable } from '#live-figures/room'

/** A deck for this machine: tests, pictures and the export open it once and have no use for a cache. */
export const localDeck = {
  /** For everybody: without the spoken notes. */
  forPublic: false,
  /** One HTML file with everything inside, which opens by double click. */
  singleFile: false,
  /** Whether the deck keeps itself in the browser's cache, to open again without a network. */
  offline: false,
  /** Absolute address it will have, with a slash at its end; '' when it is not known. */
  address: '',
}

export type SiteOptions = Readonly<typeof localDeck>

/** A deck for everybody, on a host. */
export const publicDeck: SiteOptions = { ...localDeck, forPublic: true, offline: true }

const variable = 'DECK_SITE'

/** The options of the build that this process is part of. */
export function siteOptions(): SiteOptions {
  return { ...localDeck, ...JSON.parse(process.env[variable] ?? '{}') as Partial<SiteOptions> }
}

/** The room of the build that this process is part of (docs/room.md). */
export const roomOfBuild = (): RoomSettings | undefined => readRoom(process.env[roomVariable])

/** The environment for a build with these options. */
export const siteEnvironment = (options: SiteOptions): Record<string, string> => ({ [variable]: JSON.stringify(options) })

/**
 * The address of a site as the page's head needs it: absolute, with a slash at its end.
 * @throws RangeError when it is not an address of the web
 */
export function siteAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash)
    throw new RangeError(`--site is an address such as https://example.org/talks/loan/; got “${text}”.`)
  return url.href.endsWith('/') ? url.href : `${url.href}/`
}
