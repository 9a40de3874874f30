/** Which runs the record of the rungs is made of, as plain data: they are independent, and may be run in any order and anywhere. */
import { RUNG_NAMES, type RungName } from './rungs.ts'
import { chat, question, type Task } from './task.ts'
import { measuredSteps, RATES, RATES_TRIED, runTrial, trialInput, WIDTHS, type Measurement, type Width } from './trials.ts'

export interface RecordedTrial {
  readonly task: Task
  readonly width: Width
  readonly rung: RungName
  readonly seed: number
  readonly rate: number
  readonly steps: readonly number[]
}

/** Seeds that are reported, counted up from 1. */
export const RECORDED_SEEDS = 8
export const CHAT_TURNS = 6
export const CHAT_WIDTH: Width = 32
/** The rates are chosen on these seeds, by these rungs, over so many steps of the question. */
export const TUNING = { seeds: [101, 102], rungs: ['A', 'E'], steps: 260 } as const

const seeds = Array.from({ length: RECORDED_SEEDS }, (_, i) => i + 1)

function trials(task: Task, width: Width): RecordedTrial[] {
  return RUNG_NAMES.flatMap(rung => seeds.map(seed => ({ task, width, rung, seed, rate: RATES[width], steps: measuredSteps(task) })))
}

/** Every rung and seed of the question at a width, rung by rung. */
export function questionTrials(width: Width): RecordedTrial[] {
  return trials(question, width)
}

/** Every rung and seed of the chat, rung by rung. */
export function chatTrials(): RecordedTrial[] {
  return trials(chat(CHAT_TURNS), CHAT_WIDTH)
}

/** The runs that choose the rates: width by width, rate by rate. */
export function tuningTrials(): RecordedTrial[] {
  return WIDTHS.flatMap(width => RATES_TRIED.flatMap(rate => TUNING.rungs.flatMap(rung => TUNING.seeds.map(seed =>
    ({ task: question, width, rung, seed, rate, steps: measuredSteps(question, TUNING.steps) })))))
}

export function runRecorded({ task, width, rung, seed, rate, steps }: RecordedTrial): Measurement[] {
  return runTrial(trialInput(task, rung, seed, width, 'wasm', rate), steps)
}
