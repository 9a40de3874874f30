/** What a source is. */

/** How well a source was checked: seen in the source itself, seen second-hand, or not verified. */
export type Verification = 'verified' | 'second-hand' | 'unverified'

export interface Source {
  /** Short form for a source line: "Gadre et al. 2024". */
  short: string
  /** Full title. */
  title: string
  authors: string
  year: number
  /** Where it appeared, if anywhere beyond a preprint server. */
  venue?: string
  /** arXiv identifier without prefix. */
  arxiv?: string
  /** Address, for what is not on arXiv. */
  url?: string
  verification: Verification
  /** Where in the source the figures stand, licence of copied data, or what a reader should know. */
  note?: string
}
