/**
 * `npm run bench`: one run on one machine of what has to be fast, against its goals and against libraries and tools that
 * do the same; `npm run bench -- kernel transformer runs drag decks` runs only the parts it names. Prints a table and
 * writes dist/bench/report.md. Times say nothing about correctness and gate no test.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { compareDecks } from './bench/decks.ts'
import { measureDrags } from './bench/drag.ts'
import { installPeers } from './bench/install.ts'
import { compareKernel } from './bench/kernel.ts'
import { fixed, type Report } from './bench/measure.ts'
import { measureRuns } from './bench/runs.ts'
import { compareTransformers } from './bench/transformer.ts'
import { root } from '../talk/slides.ts'
import { readOptions } from './setup/commands.mjs'

const parts: Readonly<Record<string, () => Report | Promise<Report>>> = {
  kernel: compareKernel,
  transformer: compareTransformers,
  runs: measureRuns,
  drag: measureDrags,
  decks: compareDecks,
}
const { words: asked } = readOptions('bench')

const load = loadavg()[0]!
installPeers()
const reports: Report[] = []
for (const name of asked) {
  console.log(`${name} …`)
  reports.push(await parts[name]!())
}

const markdown = `# Benchmark

One run on ${cpus().length} x ${cpus()[0]?.model.trim() ?? 'unknown'}, Node.js ${process.version}; load ${fixed(load)} when it started. Training step: MLP 10-128-1, batches of 16; Transformer step: rung E on single questions, width 32, batches of 32; the least time of 14 turns. Decks: the same words in each tool, ours with its figures and checks besides, Slidev’s starter deck as it comes; the least of 3 turns after a warm-up. What is compared takes turns.

| what | measured | compared |
|---|---|---|
${reports.flatMap(({ rows }) => rows).map(({ what, value, compared = '' }) => `| ${what} | ${value} | ${compared} |`).join('\n')}

| goal | reached | |
|---|---|---|
${reports.flatMap(({ goals }) => goals).map(({ goal, reached, met }) => `| ${goal} | ${reached} | ${met ? 'met' : 'not met'} |`).join('\n')}
`
const folder = join(root, 'dist', 'bench')
mkdirSync(folder, { recursive: true })
writeFileSync(join(folder, 'report.md'), markdown)
console.log(`\n${markdown}\nWritten to dist/bench/report.md.`)
