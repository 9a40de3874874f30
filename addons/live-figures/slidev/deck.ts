/** What a deck is called where several may meet: on the channel of an origin, in a browser's storage. */
import { slidesTitle } from './client.ts'

/**
 * A name for something of this deck alone: Slidev's own have the title in them and not the place, so that two decks of one
 * title, or two editions, would turn each other's pages.
 */
export function deckName(what: string): string {
  return `live-figures:${slidesTitle}:${deckPath(import.meta.env.BASE_URL, location.href)}:${what}`
}

/**
 * The path a deck stands at, the same on all of its slides whether the router keeps them in the path or behind a #.
 * @param base where the deck was built to stand, as Vite's BASE_URL has it: a path, or relative to the page
 * @param address of the page
 */
export function deckPath(base: string, address: string): string {
  return new URL(base, address).pathname
}
