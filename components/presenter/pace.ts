/** How the talk stands against its plan. */

/** A slide's place in the plan, in seconds (setup/preparser.ts puts it into the frontmatter). */
export interface SlidePlan {
  startsAt: number
  seconds: number
}

/** How the talk stands on a slide, so many seconds after its beginning: what is left of the slide's budget, or how far the talk is ahead of the plan or behind it. */
export function paceOf({ startsAt, seconds }: SlidePlan, elapsed: number): { is: 'left' | 'ahead' | 'behind', seconds: number } {
  const end = startsAt + seconds
  if (elapsed < startsAt)
    return { is: 'ahead', seconds: startsAt - elapsed }
  return elapsed > end ? { is: 'behind', seconds: elapsed - end } : { is: 'left', seconds: end - elapsed }
}
