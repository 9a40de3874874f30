/** The live runs of the Transformers as on stage: one worker of a Chromium, the experiment from its first slice to its last. */
import type { RungInput } from '../../lab/experiments/rung-run.ts'
import { join } from 'node:path'
import { build } from 'vite'
import { openBrowser } from '../lib/browser.ts'
import { root } from '../../talk/slides.ts'

export interface RunTime {
  readonly name: string
  /** Within what it should be done, in seconds. */
  readonly limit: number
  readonly seconds: number
  /** Seconds of processor that the page's process had, its worker, compiler and collector included: what a busy machine leaves alone. */
  readonly processorSeconds: number
  /** Counted FLOPs of the training; evaluations come on top, and take their time. */
  readonly flop: number
  /** Seconds until every curve had moved: a measurement after the start. */
  readonly firstMove: number
  /** The longest slice in milliseconds: so long a pause may take. */
  readonly longestSlice: number
}

const RUNS: readonly { name: string, limit: number, input: RungInput }[] = [
  { name: 'all five rungs, single questions, 400 steps', limit: 25, input: { task: 'question', seed: 1, steps: 400 } },
  { name: 'rungs A and E, chat, 400 steps', limit: 60, input: { task: 'chat', rungs: ['A', 'E'], seed: 1, steps: 400 } },
]

/** What runs in the worker, after the bundle that declares `lab`. */
const worker = `
onmessage = ({ data: input }) => {
  const { rungs } = lab.experiments
  const start = performance.now()
  let state = rungs.begin(input)
  let firstMove = 0
  let longest = 0
  while (rungs.progress(state) < 1) {
    const before = performance.now()
    state = rungs.advance(state)
    const now = performance.now()
    longest = Math.max(longest, now - before)
    if (!firstMove && rungs.view(state).courses.every(({ points }) => points.length > 1)) firstMove = now - start
  }
  const flop = rungs.view(state).courses.reduce((sum, { stepFlop, step }) => sum + stepFlop * step, 0)
  postMessage({ seconds: (performance.now() - start) / 1000, flop, firstMove: firstMove / 1000, longestSlice: longest })
}`

export async function liveRuns(): Promise<RunTime[]> {
  const script = `${await bundledExperiments()}\n${worker}`
  const browser = await openBrowser()
  try {
    const page = await browser.newPage()
    const session = await browser.newBrowserCDPSession()
    const processorSeconds = async (): Promise<number> =>
      (await session.send('SystemInfo.getProcessInfo')).processInfo.reduce((sum, { type, cpuTime }) => sum + (type === 'renderer' ? cpuTime : 0), 0)
    const times: RunTime[] = []
    for (const { name, limit, input } of RUNS) {
      const before = await processorSeconds()
      const measured = await page.evaluate(({ script, input }) => new Promise<Omit<RunTime, 'name' | 'limit' | 'processorSeconds'>>((resolve, reject) => {
        const worker = new Worker(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })))
        worker.onmessage = ({ data }) => {
          worker.terminate()
          resolve(data)
        }
        worker.onerror = event => reject(new Error(event.message))
        worker.postMessage(input)
      }), { script, input })
      times.push({ name, limit, ...measured, processorSeconds: await processorSeconds() - before })
    }
    return times
  }
  finally {
    await browser.close()
  }
}

/** The experiments as one classic script that declares `lab`, made by the deck's own bundler. */
async function bundledExperiments(): Promise<string> {
  const built = await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: { write: false, lib: { entry: join(root, 'lab', 'experiments.ts'), formats: ['iife'], name: 'lab' } },
  })
  const [output] = [built].flat()
  if (!output || !('output' in output))
    throw new Error('The bundler gave nothing.')
  return output.output[0].code
}
