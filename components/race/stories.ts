/**
 * What the two races look like on a chart: axes, names at the curves, and which part of the picture each click shows.
 * The numbers drawn come from the record or from a live run.
 */
import type { LearnerName, RacePresetName } from '../../data/recorded.ts'
import { structureRace } from '../../data/recorded.ts'
import { grouped, scientific } from '../../lab/format.ts'

export type RaceAxis = 'examples' | 'flop'

/** Where a curve is named: at which budget, and how far from the recorded median. */
export interface Placement {
  at: number
  dx?: number
  dy: number
  anchor: 'start' | 'middle' | 'end'
}

export interface StoryLearner {
  name: LearnerName
  label: string
  tone: 'structure' | 'general' | 'muted'
  placed: Record<RaceAxis, Placement>
  /** While the picture ends early. */
  placedEarly?: Record<RaceAxis, Placement>
  /** Drawn without a band. */
  bare?: boolean
  /** Not one of those that race: a thin recorded line for comparison, after the others. */
  thin?: boolean
}

/** Which part of the picture a click shows. */
export interface Stage extends Record<RaceAxis, number> {
  /** How many learners, from the first on. */
  learners: number
  /** A dotted line at the compute at hand, as the decimal logarithm of FLOP, instead of the place where the lead changes. */
  at?: number
}

export interface Story {
  /** The axis the slide is told on. */
  axis: RaceAxis
  axes: Record<RaceAxis, {
    domain: [number, number]
    ticks: number[]
    text: (value: number) => string
    label: string
    errors: { domain: [number, number], ticks: number[] }
  }>
  /** Logarithmic where the errors span orders of magnitude. */
  logErrors: boolean
  learners: StoryLearner[]
  /** The change of the lead that the slide is about. */
  crossing: [from: LearnerName, to: LearnerName]
  /** Up to which budget the picture goes at each click, and with how many learners. */
  clicks: Stage[]
  caption: string
}

const whole = { examples: 65_536, flop: 6.4e7 }

const examples = {
  domain: [256, whole.examples] as [number, number],
  ticks: [256, 1024, 4096, 16_384, 65_536],
  text: grouped,
  label: 'training examples seen',
}

const flop = {
  domain: [4e4, whole.flop] as [number, number],
  ticks: [1e5, 1e6, 1e7],
  text: (value: number) => scientific(value),
  label: 'counted training compute, FLOP',
}

const logTicks = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1]
const linearErrors = { domain: [0, 0.56] as [number, number], ticks: [0, 0.1, 0.2, 0.3, 0.4, 0.5] }

export const stories: Record<RacePresetName, Story> = {
  'mostly-linear': {
    axis: 'examples',
    axes: { examples: { ...examples, errors: linearErrors }, flop: { ...flop, errors: linearErrors } },
    logErrors: false,
    learners: [
      {
        name: 'linear',
        label: 'linear',
        tone: 'structure',
        placed: { examples: { at: 46_336, dy: -14, anchor: 'middle' }, flop: { at: 6.4e7, dy: -12, anchor: 'end' } },
        placedEarly: { examples: { at: 512, dy: 34, anchor: 'middle' }, flop: { at: 5e5, dy: 30, anchor: 'middle' } },
      },
      {
        name: 'MLP-32',
        label: 'MLP, 32 hidden units',
        tone: 'general',
        placed: { examples: { at: 23_168, dx: -14, dy: 22, anchor: 'end' }, flop: { at: 1e6, dx: 14, dy: -10, anchor: 'start' } },
        placedEarly: { examples: { at: 512, dy: -44, anchor: 'start' }, flop: { at: 1e6, dx: 14, dy: -10, anchor: 'start' } },
      },
      {
        name: 'additive',
        label: 'additive, in between',
        tone: 'muted',
        placed: { examples: { at: 2896, dx: 4, dy: 32, anchor: 'middle' }, flop: { at: 2e6, dy: 26, anchor: 'middle' } },
        bare: true,
      },
    ],
    crossing: ['linear', 'MLP-32'],
    clicks: [{ examples: 2048, flop: 4e6, learners: 2 }, { ...whole, learners: 3 }],
    caption: 'A mostly linear table of 12 columns, as much noise as signal: a construction of this deck, after the post’s example.',
  },
  'friedman1': {
    axis: 'flop',
    axes: {
      examples: { ...examples, errors: { domain: [0.003, 1.1], ticks: logTicks } },
      flop: { ...flop, errors: { domain: [0.005, 1.1], ticks: logTicks } },
    },
    logErrors: true,
    learners: [
      {
        name: 'linear',
        label: 'linear',
        tone: 'structure',
        placed: { examples: { at: 16_384, dy: -12, anchor: 'middle' }, flop: { at: 7.1e5, dy: -12, anchor: 'middle' } },
      },
      {
        name: 'quadratic',
        label: 'quadratic',
        tone: 'muted',
        placed: { examples: { at: 16_384, dy: -12, anchor: 'middle' }, flop: { at: 2.5e5, dx: -8, dy: 26, anchor: 'end' } },
      },
      {
        name: 'MLP-128',
        label: 'MLP, 128 hidden units',
        tone: 'general',
        placed: { examples: { at: 8192, dx: 14, dy: -14, anchor: 'start' }, flop: { at: 2.2e6, dx: 16, dy: -2, anchor: 'start' } },
      },
      {
        name: 'MLP-32',
        label: '32 hidden units',
        tone: 'general',
        placed: { examples: { at: 8192, dx: -14, dy: 22, anchor: 'end' }, flop: { at: 8e6, dx: -12, dy: 12, anchor: 'end' } },
        thin: true,
      },
    ],
    crossing: ['quadratic', 'MLP-128'],
    clicks: [{ ...whole, learners: 1 }, { ...whole, learners: 2 }, { ...whole, learners: 3 }, { ...whole, learners: 4, at: 6.2 }],
    caption: 'Friedman’s first benchmark, 10 inputs of which 5 are pure noise.',
  },
}

/** The learners of a race with what was recorded of them. */
export function learnersOf(preset: RacePresetName) {
  return stories[preset].learners.map(learner => ({ ...learner, recorded: structureRace.presets[preset].learners.find(({ name }) => name === learner.name)! }))
}
