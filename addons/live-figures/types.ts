/** What a deck may say of itself for the compiler, by declaration merging (README.md). */

/** `source`: the identifiers of the deck's sources; without it any text is one. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- for a deck to fill
export interface DeckTypes {}

export type SourceId = DeckTypes extends { source: infer Id extends string } ? Id : string
