/** What the live figures of this deck are about, for the compiler. */
import type { SourceId as Source } from '../data/sources.ts'

declare module '#live-figures' {
  interface DeckTypes {
    source: Source
  }
}
