/** What the objective lab says: the names of its learners and the sentences beside them, from the numbers that are drawn. */
import type { DataTable } from '#live-figures'
import type { Band, Curve, Scores } from '../../data/recorded.ts'
import type { Course } from '../../lab/experiments/objective-run.ts'
import type { ExactObjective } from '../../lab/objective-lab.ts'
import { decimal, percentage, rounded } from '../../lab/format.ts'

/** The learners that are shown, in the order of the story. */
export type Learner = ExactObjective
export type Courses = Readonly<Record<Learner, Course>>

/** What the learners are given credit for: to copy given answers assumes more than to count any right one. */
export const credits = [
  { name: 'copy the answers given', tone: 'structure', learners: ['one-reference', 'all-right'] },
  { name: 'any right answer counts', tone: 'general', learners: ['any-right', 'policy-gradient'] },
] as const satisfies readonly { name: string, tone: 'structure' | 'general', learners: readonly Learner[] }[]

/** Over a panel: the answers and the method. */
export const titles: Readonly<Record<Learner, string>> = {
  'one-reference': 'one reference, likelihood',
  'all-right': 'all of them, likelihood',
  'any-right': 'likelihood, log Σ p',
  'policy-gradient': 'reward, policy gradient',
}

const inFull: Readonly<Record<Learner, string>> = {
  'one-reference': 'copy one reference (likelihood)',
  'all-right': 'copy all right answers in equal shares (likelihood)',
  'any-right': 'any right answer counts (likelihood: the log of their summed probability)',
  'policy-gradient': 'any right answer counts (reward: policy gradient)',
}

/** The learners of a click: one more, one more, then the two that count any right answer. */
export const learnersOf = (shown: number): readonly Learner[] => credits.flatMap(({ learners }) => learners).slice(0, shown)

export const percent = (share: number): string => percentage(share, 0)
const inUse = (scores: Scores<number>): string => decimal(scores.effectiveRight, 1)

export function captionOf(answers: number, variety: boolean, source: string): string {
  return variety
    ? `Right on new questions, and right answers in use (effective number). ${source}.`
    : `Where the probability goes: ${answers} answers per question, about six of them right. ${source}.`
}

/** What the click adds, in a sentence or two; nothing beside the first panel, which has its numbers large. */
export function lessonOf(courses: Courses, shown: number, variety: boolean): string {
  const { 'one-reference': one, 'all-right': all, 'any-right': any, 'policy-gradient': reward } = courses
  if (shown < 2)
    return ''
  if (shown < 4)
    return `Given all of them in equal shares, it copies all of them, and on new questions stops at ${percent(all.end.heldOutRight)}: equal shares are a target that this policy cannot meet.`
  const credit = 'Credit for any right answer lifts them, as a likelihood and as a reward'
  return variety
    ? `${credit} that is exactly what is scored. Both pay with variety: ${inUse(any.end)} and ${inUse(reward.end)} right answers in use, of ${inUse(one.start)} at the start. Copying one keeps ${inUse(one.end)}, copying all ${inUse(all.end)}.`
    : `${credit} alike. The likelihood is the log of their summed probability. The reward is exactly what is scored here, no stand-in for it.`
}

/** What a run or the record shows, for those who do not see it. */
export function summaryOf(courses: Courses, shown: number, variety: boolean): string {
  const { start, end } = courses['one-reference']
  const one = `Copying one reference ends with ${percent(end.right)} on right answers, ${percent(end.reference)} on the reference alone; the other right answers went from ${percent(start.otherRight)} to ${percent(end.otherRight)}.`
  const ends = learnersOf(shown).map(learner => `${inFull[learner]} ${percent(courses[learner].end.heldOutRight)}`).join('; ')
  return `${one} Right on new questions: ${ends}. ${variety ? lessonOf(courses, shown, true) : ''}`.trim()
}

/** The start and the ends, then the course of each learner that is shown. */
export function tablesOf(courses: Courses, shown: number, steps: readonly number[], over: string): DataTable[] {
  const columns = ['the reference', 'other right answers', 'all right answers', 'right on new questions', 'effective number of right answers']
  const cells = (scores: Scores<number>) =>
    [percent(scores.reference), percent(scores.otherRight), percent(scores.right), percent(scores.heldOutRight), inUse(scores)]
  const learners = learnersOf(shown)
  return [
    {
      caption: `Probabilities at the start and at the end, means, ${over}`,
      columns: ['taught to', ...columns],
      rows: [['start', ...cells(courses['one-reference'].start)], ...learners.map(learner => [inFull[learner], ...cells(courses[learner].end)])],
    },
    ...learners.map((learner) => {
      const { reference, otherRight, right, heldOutRight, effectiveRight } = courses[learner].medians
      return {
        caption: `${inFull[learner]}, medians, ${over}`,
        columns: ['training steps', ...columns],
        rows: steps.map((at, i) => [String(at), ...cells({
          reference: reference[i] ?? 0,
          otherRight: otherRight[i] ?? 0,
          right: right[i] ?? 0,
          heldOutRight: heldOutRight[i] ?? 0,
          effectiveRight: effectiveRight[i] ?? 1,
        })]),
      }
    }),
  ]
}

/** The way of a flawed reward, medians at each price β of leaving the start. */
export interface FlawPath {
  beta: readonly number[]
  /** Distance from the start, nats. */
  kl: Curve
  right: Band
  proxy: Curve
}

/** A point on it. */
export interface FlawPoint {
  beta: number
  kl: number
  right: number
  proxy: number
  flattery: number
}

export const price = (beta: number): string => String(rounded(beta))

export function flawCaption(source: string): string {
  return `Pushing towards a score that also pays for flattery: a flaw that we built into it. ${source}.`
}

export function flawSummary({ beta, kl, right, proxy }: FlawPoint): string {
  return `At β = ${price(beta)} the policy is ${decimal(kl, 1)} nats from the start, ${percent(right)} right, with a score of ${decimal(proxy, 2)}. P(right) rises and then falls while the score keeps rising. The flaw is constructed.`
}

export function flawLesson(rising: number, seeds: number): string {
  return `Pushed too far, what is right rises and then falls${seeds > 0 ? ` in ${rising} of ${seeds} seeds` : ''}, while the score keeps rising. The flaw is constructed: a bonus for flattery that the start shies away from.`
}

/** For paper, where the flawed reward has no button: the recorded way in one line. */
export function flawLine(right: readonly number[]): string {
  return `A flawed reward, pushed too far (the flaw is constructed): right ${right.map(percent).join(' → ')}, its score still rising.`
}

export function flawTable({ beta, kl, right, proxy }: FlawPath, marked: FlawPoint, over: string): DataTable {
  return {
    caption: `What we want and what is optimised, medians, ${over}; marked: β = ${price(marked.beta)}. The flaw is constructed`,
    columns: ['price β of leaving the start', 'distance from the start, KL in nats', 'P(right)', 'P(right), 10th to 90th percentile', 'score'],
    rows: beta.map((value, i) => [price(value), decimal(kl[i] ?? 0, 1), percent(right.median[i] ?? 0), `${percent(right.p10[i] ?? 0)} to ${percent(right.p90[i] ?? 0)}`, decimal(proxy[i] ?? 0, 2)]),
  }
}
