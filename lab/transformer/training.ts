/**
 * Training of one rung: plain data advanced in parts of a step. A run depends on the task, the seed, the rung, the sizes
 * and the engine alone, never on what runs beside it or on how it is cut. The rate has no horizon and what is evaluated
 * is a running average of the weights, so a curve means the same wherever it ends.
 */
import { Random } from '../random.ts'
import { initialParameters, type Sizes } from './layout.ts'
import { addGradient, createModel, exactMatch, type Model } from './model.ts'
import type { CreateOps } from './ops.ts'
import type { Plan } from './program.ts'
import { createReference } from './reference.ts'
import { rungs, type RungName } from './rungs.ts'
import { heldOutDialogues, trainingBatch, type Task } from './task.ts'
import { wasmOps } from './wasm-ops.ts'

/** Dialogues of a training batch, and how many of them are computed at once. */
export const BATCH = 32
export const AT_ONCE = 16
/** Adam's constants (Kingma & Ba 2015), with the second-moment rate that Transformers are trained with. */
export const BETA_1 = 0.9
export const BETA_2 = 0.98
const EPSILON = 1e-8
export const RATE_STEPS = 100
export const WARM_UP = 50
/** Counted FLOPs a parameter and step: 12 for Adam, 3 for the running average. */
const UPDATE_FLOP = 15
/** Held-out answers that an evaluation asks for at the least. */
const HELD_OUT_ANSWERS = 256

/** TypeScript in double precision, or WebAssembly SIMD in single precision. */
export type TransformerEngine = 'typescript' | 'wasm'

/** What a run depends on. */
export interface TrainingInput {
  readonly rung: RungName
  readonly task: Task
  readonly seed: number
  readonly sizes: Sizes
  readonly rate: number
  readonly engine: TransformerEngine
}

type Numbers = Float64Array | Float32Array

/** Where a run stands: plain data, one number a parameter in each array. */
export interface Training {
  readonly input: TrainingInput
  /** Whole steps taken, and parts of the next one. */
  readonly step: number
  readonly part: number
  /** Mean loss of the step that was last worked on, nats a token; of a step in part, its share. */
  readonly loss: number
  readonly parameters: Numbers
  readonly gradient: Numbers
  readonly firstMoment: Numbers
  readonly secondMoment: Numbers
  /** Running average of the parameters; this is what is evaluated. */
  readonly average: Numbers
  /** Adam's β₁ᵗ and β₂ᵗ, multiplied up step by step: a power function would differ between engines. */
  readonly beta1Power: number
  readonly beta2Power: number
}

export function beginTraining(input: TrainingInput): Training {
  const { layout } = modelOf(input).plan
  const parameters = initialParameters(layout, Random.fromSeed(input.seed).fork('weights'))
  const numbers = (): Numbers => input.engine === 'wasm' ? new Float32Array(layout.count) : new Float64Array(layout.count)
  const first = numbers()
  first.set(parameters)
  return {
    input,
    step: 0,
    part: 0,
    loss: 0,
    parameters: first,
    gradient: numbers(),
    firstMoment: numbers(),
    secondMoment: numbers(),
    average: first.slice(),
    beta1Power: 1,
    beta2Power: 1,
  }
}

/** Counted FLOPs of a step: forward and backward over each reading that is really made, and the update. */
export function stepFlop({ programs, layout }: Plan): number {
  return BATCH * programs.reduce((sum, { flop }) => sum + flop, 0) + UPDATE_FLOP * layout.count
}

/** Steps taken, and the share of the next one. */
export function stepsTaken({ input, step, part }: Training): number {
  return step + part / partsOf(modelOf(input).plan)
}

/** Parts of a step: each reading of each group of dialogues that are computed at once. */
function partsOf({ programs }: Plan): number {
  return programs.length * BATCH / AT_ONCE
}

/**
 * Trains on, by as many whole parts of a step as the work allows and one at the least; never beyond the step `until`.
 * @param work counted FLOPs
 */
export function advanceTraining(training: Training, until: number, work: number): Training {
  if (training.step >= until) return training
  const model = modelOf(training.input)
  const { plan, ops } = model
  const { task, seed, rate } = training.input
  load(model, training)
  let { step, part, loss, beta1Power, beta2Power } = training
  let batch = trainingBatch(task, seed, step, BATCH)
  let done = 0
  while (step < until && (done === 0 || done < work)) {
    const program = plan.programs[part % plan.programs.length]!
    const first = Math.floor(part / plan.programs.length) * AT_ONCE
    loss = (part > 0 ? loss : 0) + addGradient(model, program, batch, first, BATCH)
    done += AT_ONCE * program.flop
    part++
    if (part < partsOf(plan)) continue
    step++
    beta1Power *= BETA_1
    beta2Power *= BETA_2
    ops.adam(plan.layout.count, plan.adam, {
      rate: rateAt(rate, step),
      beta1: BETA_1,
      beta2: BETA_2,
      correction1: 1 - beta1Power,
      correction2: 1 - beta2Power,
      epsilon: EPSILON,
      averageWeight: Math.max(1 / (step + 1), 4 / (step + 4)),
    })
    part = 0
    if (step < until) batch = trainingBatch(task, seed, step, BATCH)
  }
  return { ...training, step, part, loss, beta1Power, beta2Power, ...store(model) }
}

/** Share of held-out answers that the averaged weights get right, symbol by symbol. */
export function evaluate(training: Training): number {
  return exactMatch(evaluated(training), heldOut(training.input))
}

/** The model with the averaged weights, which the next call about the same rung and task takes away again. */
export function evaluated(training: Training): Model {
  const model = modelOf(training.input)
  model.ops.numbers.set(training.average, model.plan.adam.parameters)
  return model
}

/** Dialogues of an evaluation: enough for HELD_OUT_ANSWERS answers, the same for every rung. */
export function heldOut({ task, seed }: Pick<TrainingInput, 'task' | 'seed'>): Int32Array {
  return heldOutDialogues(task, seed, Math.ceil(HELD_OUT_ANSWERS / task.turns / BATCH) * BATCH)
}

/** Learning rate at a step, counted from 1. */
export function rateAt(rate: number, step: number): number {
  return rate * Math.min(1, step / WARM_UP) / Math.sqrt(1 + step / RATE_STEPS)
}

/** Models in memory, the last used at the end; more than are trained side by side are let go. */
const models = new Map<string, Model>()
const MOST_MODELS = 5

/** The model that trains such a run; holds nothing between calls. */
export function modelOf({ rung, task, sizes, engine }: Pick<TrainingInput, 'rung' | 'task' | 'sizes' | 'engine'>): Model {
  const key = JSON.stringify([rung, task, sizes, engine])
  const model = models.get(key) ?? createModel(engineOf(engine), rungs[rung], sizes, task, AT_ONCE)
  models.delete(key)
  models.set(key, model)
  for (const old of [...models.keys()].slice(0, -MOST_MODELS)) models.delete(old)
  return model
}

/** Where there is no WebAssembly SIMD the reference does the work. */
function engineOf(engine: TransformerEngine): CreateOps {
  return (engine === 'wasm' ? wasmOps() : undefined) ?? createReference
}

function load({ plan: { adam }, ops: { numbers } }: Model, training: Training): void {
  for (const name of ARRAYS) numbers.set(training[name], adam[name])
}

function store({ plan: { adam, layout }, ops: { numbers } }: Model): Pick<Training, typeof ARRAYS[number]> {
  return Object.fromEntries(ARRAYS.map(name => [name, numbers.slice(adam[name], adam[name] + layout.count)])) as Pick<Training, typeof ARRAYS[number]>
}

const ARRAYS = ['parameters', 'gradient', 'firstMoment', 'secondMoment', 'average'] as const
