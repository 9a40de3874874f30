/**
 * `npm run bench`: one run on one machine of what has to be fast, against the goals and against libraries and tools that
 * do the same; `npm run bench -- kernel transformer race drag decks growth` runs only the parts it names. Prints a table, writes dist/bench/report.{json,md}. Times say nothing about correctness and gate no test.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { tasks, type DeckTimes } from './bench/deck-times.ts'
import { compareDecks, growDeck, type DeckResult } from './bench/decks.ts'
import { dragFrames } from './bench/drag.ts'
import { compareEngines } from './bench/engines.ts'
import { fixed, spreadOf, type Goal, type Row, type Spread } from './bench/measure.ts'
import { installPeers } from './bench/install.ts'
import { kernelEngine, typescriptEngine } from './bench/ours.ts'
import { jax, mlMatrix, tensorflow } from './bench/peers.ts'
import { LIVE_RACES, raceTimes, refitTimes } from './bench/race.ts'
import { batches, shape } from './bench/task.ts'
import { reportTransformers } from './bench/transformer.ts'
import { root } from '../talk/slides.ts'
import { readOptions } from './setup/commands.mjs'

const RACE_SEEDS = 40
const RACE_SECONDS = 8

const parts = ['kernel', 'transformer', 'race', 'drag', 'decks', 'growth'] as const
type Part = typeof parts[number]
const { words: asked } = readOptions('bench')
const unknownParts = asked.filter(name => !(parts as readonly string[]).includes(name))
if (unknownParts.length > 0)
  throw new RangeError(`The benchmark has no part “${unknownParts.join('”, “')}”: use ${parts.join(', ')}, or none for all.`)

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
    const steps = await compareEngines({
      step: 'training step',
      ours: [kernelEngine(), typescriptEngine()],
      peers: [['TensorFlow.js, wasm', () => tensorflow('wasm')], ['TensorFlow.js, cpu', () => tensorflow('cpu')], ['jax-js, wasm', jax], ['ml-matrix', mlMatrix]],
      stepFlop: shape.stepFlop,
      checked: { steps: 20, miss: 1e-3 },
      calls: [batches.length, 8],
      goal: 20,
    })
    return { refit, steps: add(steps) }
  },
  transformer: async () => add(await reportTransformers()),
  race: measureRaces,
  drag: measureDrags,
  decks: measureDecks,
  growth: measureGrowth,
}

installPeers()
for (const part of parts.filter(part => asked.length === 0 || asked.includes(part))) {
  console.log(`${part} …`)
  measured[part] = await measures[part]()
}

const machine = { processor: cpus()[0]?.model.trim() ?? 'unknown', threads: cpus().length, node: process.version, loadAtStart: startedAt }
write()

/** Puts lines and goals into the report; what was measured goes into its data. */
function add({ measured, ...report }: { rows: readonly Row[], goals: readonly Goal[], measured: unknown }): unknown {
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

function comparedTo(seconds: number | undefined, reference: number | undefined, failure: string | undefined, say: (ratio: number) => string): { value: string, compared: string } {
  if (seconds === undefined)
    return { value: 'not measured', compared: (failure ?? '').replace(/\s+/g, ' ').slice(0, 200) }
  return { value: `${fixed(seconds)} s`, compared: reference && seconds !== reference ? say(seconds / reference) : '' }
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
