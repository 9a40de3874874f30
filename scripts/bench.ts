/**
 * `npm run bench`: one run on one machine of what has to be fast, against the goals and against libraries and tools that
 * do the same; `npm run bench -- kernel transformer race drag decks growth weight` runs only the parts it names. Prints a table, writes dist/bench/report.{json,md}. Times say nothing about correctness and gate no test.
 */
import type { Weight } from './lib/weight.ts'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { tasks, type DeckTimes } from './bench/deck-times.ts'
import { compareDecks, growDeck, type DeckResult } from './bench/decks.ts'
import { dragFrames } from './bench/drag.ts'
import { fixed, leastTimes, spreadOf, type Contestant, type Goal, type Row, type Spread } from './bench/measure.ts'
import { installPeers } from './bench/install.ts'
import { compilePeak, kernelEngine, PEAK_FLOP, typescriptEngine } from './bench/ours.ts'
import { jax, mlMatrix, tensorflow } from './bench/peers.ts'
import { LIVE_RACES, raceTimes, refitTimes } from './bench/race.ts'
import { batches, shape, type Engine } from './bench/task.ts'
import { reportTransformers } from './bench/transformer-report.ts'
import { weighParts } from './bench/weight.ts'
import { root } from '../talk/slides.ts'
import { readOptions } from './setup/commands.mjs'

/** Steps after which an engine must have the reference's weights, and how near: f32 against f64. */
const CHECK_STEPS = 20
const CHECK_MISS = 1e-3
const RACE_SEEDS = 40
const RACE_SECONDS = 8

const parts = ['kernel', 'transformer', 'race', 'drag', 'decks', 'growth', 'weight'] as const
type Part = typeof parts[number]
const { words: asked } = readOptions('bench')
const strangers = asked.filter(name => !(parts as readonly string[]).includes(name))
if (strangers.length > 0)
  throw new RangeError(`The benchmark has no part “${strangers.join('”, “')}”: use ${parts.join(', ')}, or none for all.`)

const startedAt = loadavg()[0]!
const rows: Row[] = []
const goals: Goal[] = []
const measured: Record<string, unknown> = {}

const taskNames: Record<keyof DeckTimes, string> = {
  build: 'build, from the sources',
  pdf: 'PDF, from the sources',
  print: 'PDF, from the built deck',
  start: 'server started, first slide shown',
  firstSlide: 'built deck opened, first slide shown',
}

const measures: Record<Part, () => unknown> = {
  kernel: async () => {
    // First, before anything is compiled: a first drag is as cold.
    const refit = refitTimes()
    rows.push({ what: `refit of the law, ${refit.count} horizons, each for the first time`, value: `${fixed(refit.median)} ms median`, compared: `${fixed(refit.p95)} ms at the 95th percentile` })
    return { refit, steps: await measureSteps() }
  },
  transformer: measureTransformers,
  race: measureRaces,
  drag: measureDrags,
  decks: measureDecks,
  growth: measureGrowth,
  weight: measureWeights,
}

installPeers()
for (const part of parts.filter(part => asked.length === 0 || asked.includes(part))) {
  console.log(`${part} …`)
  measured[part] = await measures[part]()
}

const machine = { processor: cpus()[0]?.model.trim() ?? 'unknown', threads: cpus().length, node: process.version, loadAtStart: startedAt }
write()

async function measureTransformers() {
  const { measured, ...report } = await reportTransformers()
  rows.push(...report.rows)
  goals.push(...report.goals)
  return measured
}

function measureRaces() {
  return LIVE_RACES.map((race) => {
    const kernel = raceTimes(race, 'wasm', RACE_SEEDS)
    const typescript = raceTimes(race, 'typescript', RACE_SEEDS / 8)
    const ratio = typescript.processorSeconds / typescript.seeds / (kernel.processorSeconds / kernel.seeds)
    const name = `${race.preset}, ${race.meetOn.join(' and ')}`
    rows.push({
      what: `race ${name}, ${RACE_SEEDS} seeds on the kernel`,
      value: `${fixed(kernel.seconds)} s, ${fixed(kernel.processorSeconds)} s of processor`,
      compared: `${fixed(ratio)} x as fast as TypeScript; crossed in ${kernel.crossed} of ${RACE_SEEDS}`,
    })
    goals.push({
      goal: `${RACE_SEEDS} seeds of ${name}, past the last crossing within ${RACE_SECONDS} s`,
      reached: `${fixed(kernel.seconds)} s, crossed in ${kernel.crossed}`,
      met: kernel.seconds <= RACE_SECONDS && kernel.crossed === RACE_SEEDS,
    })
    return { ...race, kernel, typescript, ratio }
  })
}

async function measureDrags() {
  const drags: { throttling: number, limitMs: number, frames: Spread }[] = []
  for (const [throttling, limit] of [[1, 16.7], [4, 50]] as const) {
    const frames = spreadOf(await dragFrames(throttling))
    const name = throttling === 1 ? 'unthrottled' : `throttled ${throttling} x`
    rows.push({ what: `drag, input to next frame, ${name}`, value: `${fixed(frames.p95)} ms at the 95th percentile`, compared: `${fixed(frames.median)} ms median, ${fixed(frames.max)} ms at most, ${frames.count} events` })
    goals.push({ goal: `drag frames, ${name}, within ${limit} ms at the 95th percentile`, reached: `${fixed(frames.p95)} ms`, met: frames.p95 <= limit })
    drags.push({ throttling, limitMs: limit, frames })
  }
  return drags
}

async function measureDecks() {
  const results = await compareDecks()
  const [ours, ...peers] = results as [DeckResult, ...DeckResult[]]
  for (const task of tasks) {
    for (const { name, times, failed } of results.filter(({ times, failed }) => times[task] ?? failed[task]))
      rows.push({ what: `${taskNames[task]}: ${name}`, ...comparedTo(times[task], ours.times[task], failed[task], ratio => `${fixed(ratio)} x this deck’s time`) })
  }
  const peerTime = (name: string, task: keyof DeckTimes) => peers.find(peer => peer.name === name)?.times[task] ?? NaN
  for (const name of ['Slidev’s starter deck', 'this deck, built by Slidev as it comes', 'Slidev, the words alone']) {
    const ratio = ours.times.build! / peerTime(name, 'build')
    goals.push({ goal: `a build no slower than Slidev’s own: ${name}`, reached: `${fixed(ratio)} x its time`, met: ratio <= 1 })
  }
  for (const [task, from] of [['print', 'from the built deck'], ['pdf', 'from the sources']] as const) {
    const ratio = ours.times[task]! / peerTime('Marp', 'pdf')
    goals.push({ goal: `the tagged PDF, ${from}, within 1.5 times Marp’s time`, reached: `${fixed(ratio)} x`, met: ratio <= 1.5 })
  }
  return results
}

async function measureGrowth() {
  const results = await growDeck()
  const [once] = results as [typeof results[0]]
  for (const task of tasks) {
    for (const { slides, times, failed } of results)
      rows.push({ what: `${taskNames[task]}: ${slides} slides`, ...comparedTo(times[task], once.times[task], failed[task], ratio => `${fixed(ratio)} x the time of ${once.slides}`) })
  }
  return results
}

async function measureWeights() {
  const results = await weighParts()
  const [shipped] = results
  for (const { name, first, whole, failed } of results) {
    const more = (weight: Weight | undefined, than: Weight | undefined) => `${fixed(((weight?.gzip ?? NaN) - (than?.gzip ?? NaN)) / 1000)} kB`
    rows.push({
      what: `gzip until the first slide, and of the whole deck: ${name}`,
      value: first && whole ? `${fixed(first.gzip / 1000)} kB, ${fixed(whole.gzip / 1000)} kB` : 'not built',
      compared: failed?.replace(/\s+/g, ' ').slice(0, 200) ?? (name === shipped?.name ? '' : `${more(first, shipped?.first)} and ${more(whole, shipped?.whole)} more`),
    })
  }
  return results
}

function comparedTo(seconds: number | undefined, reference: number | undefined, failure: string | undefined, say: (ratio: number) => string): { value: string, compared: string } {
  if (seconds === undefined)
    return { value: 'not measured', compared: (failure ?? '').replace(/\s+/g, ' ').slice(0, 200) }
  return { value: `${fixed(seconds)} s`, compared: reference && seconds !== reference ? say(seconds / reference) : '' }
}

async function measureSteps() {
  const ours = [kernelEngine(), typescriptEngine()]
  const [kernel, typescript] = ours as [Engine, Engine]
  const makers: readonly (readonly [string, () => Engine | Promise<Engine>])[] = [
    ['TensorFlow.js, wasm', () => tensorflow('wasm')],
    ['TensorFlow.js, cpu', () => tensorflow('cpu')],
    ['jax-js, wasm', jax],
    ['ml-matrix', mlMatrix],
  ]
  await typescript.train(CHECK_STEPS)
  await kernel.train(CHECK_STEPS)
  requireSame(kernel, typescript)
  const peers: Engine[] = []
  const failed: { name: string, reason: string }[] = []
  for (const [name, make] of makers) {
    // A peer that does not run here is reported and the others are measured all the same.
    try {
      const peer = await make()
      await peer.train(CHECK_STEPS)
      requireSame(peer, typescript)
      peers.push(peer)
    }
    catch (error) {
      failed.push({ name, reason: error instanceof Error ? error.message : String(error) })
    }
  }

  const engines = [...ours, ...peers]
  const contestants = engines.map((engine, i): Contestant => {
    const count = i < ours.length ? batches.length : 8
    return { units: count, run: () => engine.train(count) }
  })
  const [peakMs, ...stepMs] = await leastTimes([{ units: 1, run: compilePeak() }, ...contestants])
  const peak = PEAK_FLOP / peakMs! / 1e6
  rows.push({ what: 'peak, 128-bit multiply and add', value: `${fixed(peak)} GFLOP/s`, compared: '' })
  const measured = engines.map((engine, i) => {
    const gflops = shape.stepFlop / stepMs[i]! / 1e6
    const kernelIsFaster = stepMs[i]! / stepMs[0]!
    rows.push({
      what: `training step, ${engine.description}`,
      value: `${fixed(stepMs[i]! * 1000)} µs, ${fixed(gflops)} GFLOP/s`,
      compared: `${fixed(gflops / peak)} of the peak${i === 0 ? '' : `; the kernel is ${fixed(kernelIsFaster)} x as fast`}`,
    })
    return { name: engine.name, description: engine.description, peer: i >= ours.length, microseconds: stepMs[i]! * 1000, gflops, ofPeak: gflops / peak, kernelIsFaster }
  })
  for (const { name, reason } of failed)
    rows.push({ what: `training step, ${name}`, value: 'not measured', compared: reason })

  goals.push({ goal: 'training step at 0.3 of the peak or more', reached: fixed(measured[0]!.ofPeak), met: measured[0]!.ofPeak >= 0.3 })
  const fastest = Math.min(...measured.filter(({ peer }) => peer).map(({ kernelIsFaster }) => kernelIsFaster))
  goals.push({ goal: 'training step 20 times as fast as the fastest peer', reached: Number.isFinite(fastest) ? `${fixed(fastest)} x` : 'no peer ran', met: Number.isFinite(fastest) && fastest >= 20 })
  return { peakGflops: peak, stepFlop: shape.stepFlop, engines: measured, failed }
}

/** @throws Error when an engine does not compute what the reference computes: its time would mean nothing */
function requireSame(engine: Engine, reference: Engine): void {
  const expected = reference.parameters()
  const values = engine.parameters()
  let miss = values.length === expected.length ? 0 : Infinity
  for (let p = 0; p < expected.length; p++)
    miss = Math.max(miss, Math.abs(values[p]! - expected[p]!))
  // Written so that a NaN fails as well.
  if (!(miss < CHECK_MISS))
    throw new Error(`${engine.name} misses the reference's weights by ${miss} after ${CHECK_STEPS} steps; the limit is ${CHECK_MISS}.`)
}

function write(): void {
  const markdown = [
    '# Benchmark',
    '',
    `One run on ${machine.threads} x ${machine.processor}, Node.js ${machine.node}; load ${fixed(machine.loadAtStart)} when it started. Training step: MLP 10-128-1, batches of 16, ${shape.stepFlop.toLocaleString('en')} counted FLOP; the least time of 14 turns, the engines taking turns; Transformer step: rung E on single questions, width 32, batches of 32, the same way. Decks: the same words in each tool, ours with its figures and checks besides, Slidev’s starter deck as it comes; the least of 3 turns after a warm-up, the tools taking turns; more slides: one turn.`,
    '',
    '| what | measured | compared |',
    '|---|---|---|',
    ...rows.map(({ what, value, compared }) => `| ${what} | ${value} | ${compared} |`),
    '',
    '| goal | reached | |',
    '|---|---|---|',
    ...goals.map(({ goal, reached, met }) => `| ${goal} | ${reached} | ${met ? 'met' : 'not met'} |`),
    '',
  ].join('\n')
  const folder = join(root, 'dist', 'bench')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'report.md'), markdown)
  writeFileSync(join(folder, 'report.json'), `${JSON.stringify({ machine, ...measured, goals }, null, 2)}\n`)
  console.log(`\n${markdown}\nWritten to dist/bench/report.md and report.json.`)
}
