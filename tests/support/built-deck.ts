/** Builds the deck once before the tests that walk it. */
import { builtDeck } from '../../scripts/lib/deck.ts'

export default async function setup(): Promise<void> {
  await builtDeck()
}
