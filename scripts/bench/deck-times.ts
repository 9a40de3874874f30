/** How long a tool takes for what a user waits for: a build, a PDF, the first slide of its server and of its built deck. */
import type { Browser } from 'playwright-core'
import type { DeckTool, PrintPage } from './deck-tools.ts'
import { spawn } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import process from 'node:process'
import { setTimeout as pause } from 'node:timers/promises'
import { PDFDocument } from 'pdf-lib'
import { serveDeck } from '../lib/deck.ts'
import { openBrowser } from '../lib/browser.ts'

/** Seconds, all of them. */
export interface DeckTimes {
  /** From the sources to a deck for a static host. */
  build: number
  /** From the sources to the PDF, as one command does it. */
  pdf: number
  /** From the built deck to the PDF. */
  print: number
  /** From the command that serves the sources to the first slide in a browser that is already open. */
  start: number
  /** From the address of the built deck to its first slide. */
  firstSlide: number
}

export const tasks = ['build', 'pdf', 'print', 'start', 'firstSlide'] as const satisfies readonly (keyof DeckTimes)[]

/** What a first slide, or a command, may take before it counts as failed. */
const PATIENCE_MS = 300_000

/** Whether a tool can do it at all. */
export function canDo(task: keyof DeckTimes, { start, print }: DeckTool): boolean {
  switch (task) {
    case 'build': return true
    case 'pdf': return print !== undefined
    case 'print': return print !== undefined && ('page' in print || print.fromBuild !== undefined)
    case 'start':
    case 'firstSlide': return start !== undefined
  }
}

/** @throws Error with the tool's name and words when it fails, or its PDF lacks a slide */
export async function timeOf(task: keyof DeckTimes, tool: DeckTool): Promise<number> {
  switch (task) {
    case 'build': return timeBuild(tool)
    case 'pdf':
    case 'print': return timePdf(tool, task === 'print')
  }
  const browser = await openBrowser()
  try {
    return task === 'start' ? await timeStart(tool, browser) : await timeFirstSlide(tool, browser)
  }
  finally {
    await browser.close()
  }
}

async function timeBuild(tool: DeckTool): Promise<number> {
  const since = performance.now()
  await runCommand(tool, tool.build)
  return secondsSince(since)
}

async function timePdf(tool: DeckTool, fromBuild: boolean): Promise<number> {
  const { print } = tool
  if (!print)
    throw new Error(`${tool.name} has no way to a PDF.`)
  rmSync(print.file, { force: true })
  if (fromBuild && !existsSync(tool.built))
    await runCommand(tool, tool.build)
  // What a command keeps from one run to the next is no part of the time from the sources.
  if (!fromBuild)
    rmSync(`${tool.folder}/.cache`, { recursive: true, force: true })
  const since = performance.now()
  if ('page' in print) {
    if (!fromBuild)
      await runCommand(tool, tool.build)
    await printBuild(tool, print)
  }
  else {
    await runCommand(tool, fromBuild ? print.fromBuild! : print.fromSources)
  }
  const seconds = secondsSince(since)
  const pages = (await PDFDocument.load(await readFile(print.file), { updateMetadata: false })).getPageCount()
  if (pages < tool.slides.count)
    throw new Error(`${tool.name}: its PDF has ${pages} pages for ${tool.slides.count} slides.`)
  return seconds
}

async function printBuild(tool: DeckTool, print: PrintPage): Promise<void> {
  const served = await serveDeck(tool.built)
  const browser = await openBrowser()
  try {
    const page = await browser.newPage()
    await page.goto(served.url + print.page)
    await page.waitForFunction(showsText, tool.slides.last, { timeout: PATIENCE_MS })
    await page.evaluate(() => document.fonts.ready)
    await writeFile(print.file, await page.pdf({ tagged: true, outline: true, printBackground: true, preferCSSPageSize: true }))
  }
  finally {
    await browser.close()
    await served.close()
  }
}

async function timeStart(tool: DeckTool, browser: Browser): Promise<number> {
  if (!tool.start)
    throw new Error(`${tool.name} has no server.`)
  const port = await freePort()
  const since = performance.now()
  const server = spawn(process.execPath, tool.start(port), { cwd: tool.folder, env: environment({ PORT: String(port), BROWSER: 'none' }), stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  server.stderr.on('data', chunk => said += String(chunk))
  try {
    const address = `http://localhost:${port}/${tool.startPage ?? ''}`
    while (!await fetch(address).then(response => response.ok, () => false)) {
      if (server.exitCode !== null || performance.now() - since > PATIENCE_MS)
        throw new Error(`${tool.name}: its server does not answer: ${said.slice(-1000)}`)
      await pause(20)
    }
    await firstSlide(browser, address, tool.slides.first)
    return secondsSince(since)
  }
  finally {
    const ended = new Promise(resolve => server.once('exit', resolve))
    if (server.exitCode === null && server.kill())
      await ended
  }
}

async function timeFirstSlide(tool: DeckTool, browser: Browser): Promise<number> {
  const served = await serveDeck(tool.built)
  try {
    const since = performance.now()
    await firstSlide(browser, served.url + tool.page, tool.slides.first)
    return secondsSince(since)
  }
  finally {
    await served.close()
  }
}

async function firstSlide(browser: Browser, address: string, heading: string): Promise<void> {
  const page = await browser.newPage()
  await page.goto(address, { waitUntil: 'commit' })
  await page.waitForFunction(showsText, heading, { timeout: PATIENCE_MS })
}

/** Whether the page shows the words; runs in the page. Themes may print headings in capitals. */
function showsText(words: string): boolean {
  const [shown, wanted] = [document.body?.innerText ?? '', words].map(text => text.replace(/\s+/g, ' ').toLowerCase())
  return shown!.includes(wanted!)
}

/** Runs a command in a tool's folder, quietly. */
export function runCommand(tool: Pick<DeckTool, 'name' | 'folder'>, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: tool.folder, env: environment({}), stdio: ['ignore', 'pipe', 'pipe'], timeout: PATIENCE_MS })
    let said = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', chunk => said += String(chunk))
    child.on('exit', (code, signal) => code === 0 ? resolve() : reject(new Error(`${tool.name}: ${signal ? `stopped after ${PATIENCE_MS / 1000} s` : `ended with ${code}`}: ${said.slice(-1500)}`)))
  })
}

/** Marp starts its own Chromium, which has no sandbox for root. */
function environment(more: Record<string, string>): NodeJS.ProcessEnv {
  return { ...process.env, ...(process.getuid?.() === 0 ? { CHROME_NO_SANDBOX: '1' } : {}), ...more }
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>(resolve => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise(resolve => probe.close(resolve))
  return port
}

const secondsSince = (since: number): number => (performance.now() - since) / 1000
