/** The plan of the talk: which slide is spoken about when. */
import type { Slide } from './slides.ts'
import type { SpokenNote } from './script.ts'
import type { Sense } from './version.ts'
import { join } from 'node:path'
import { readSlides, root } from './slides.ts'
import { readScript } from './script.ts'

export interface PlannedSlide {
  slide: Slide
  note: SpokenNote
  /** When it begins, in seconds from the beginning of the talk. */
  startsAt: number
}

/**
 * The slides of one version that have a note, with their times. Slides without one are the tests' concern.
 * @param options.sense the words as they are said, or as they are read
 */
export async function readPlan({ short = false, sense }: { short?: boolean, sense?: Sense } = {}): Promise<PlannedSlide[]> {
  const script = new Map(readScript(join(root, 'notes'), { short, sense }).map(note => [note.alias, note]))
  const plan: PlannedSlide[] = []
  let startsAt = 0
  for (const slide of await readSlides({ short })) {
    const note = script.get(slide.alias)
    if (!note)
      continue
    plan.push({ slide, note, startsAt })
    startsAt += note.seconds
  }
  return plan
}

/** How long the whole plan takes, in seconds. */
export function plannedSeconds(plan: readonly PlannedSlide[]): number {
  return plan.reduce((sum, { note }) => sum + note.seconds, 0)
}
