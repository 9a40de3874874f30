/** The build of this deck against Slidev's own builds, and its PDF against Marp's of the same words. */
import type { SpokenNote } from '../../talk/script.ts'
import type { Slide } from '../../talk/slides.ts'
import type { Report } from './measure.ts'
import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import { PDFDocument } from 'pdf-lib'
import { readScript } from '../../talk/script.ts'
import { plainText, readSlides, root } from '../../talk/slides.ts'
import { peerFile, peerName, peersFolder } from './install.ts'
import { fixed, leastTimes } from './measure.ts'

/** Turns that count; one before them fills caches. */
const turns = 3

/** What a command may take before it counts as failed. */
const patienceMs = 300_000

/** A command of this Node.js, in a folder; a PDF that it makes has a page for every slide. */
interface Job {
  readonly name: string
  readonly folder: string
  readonly args: readonly string[]
  readonly pdf?: string
}

const decks = join(peersFolder, 'decks')
const slidevBuild = [join(root, 'node_modules/@slidev/cli/bin/slidev.mjs'), 'build', '--router-mode', 'hash', '--base', './', '--out', 'dist']
const marp = [peerFile('@marp-team/marp-cli/marp-cli.js'), '--no-stdin', '--pdf', '--browser', 'chrome', '--browser-path', process.env.CHROMIUM_PATH ?? '', 'slides.md', '-o', 'slides.pdf']

export async function compareDecks(): Promise<Report> {
  const slides = await readSlides()
  const words = wordsOf(slides, readScript(join(root, 'notes')))
  const ours = join(decks, 'ours')
  const ourPdf = join(ours, 'slides.pdf')
  const ourDeck = (...asked: string[]) => [join(import.meta.dirname, 'our-deck.ts'), ours, ...asked]
  const marpFolder = freshFolder('marp', `---\nmarp: true\n---\n\n${words.join('\n---\n\n')}`)
  const builds: Job[] = [
    { name: 'this deck', folder: root, args: ourDeck('build') },
    { name: `the starter deck of ${peerName('create-slidev')}`, folder: slidevStarter(), args: slidevBuild },
    { name: 'this deck, built by Slidev as it comes', folder: asSlidevBuildsIt(), args: slidevBuild },
    { name: 'Slidev, the words alone', folder: freshFolder('words', words.map((slide, i) => `---\n${i === 0 ? 'theme: default\ntitle: Text' : 'layout: default'}\n---\n\n${slide}`).join('\n')), args: slidevBuild },
  ]
  const pdfs: Job[] = [
    { name: 'this deck, from the sources', folder: root, args: ourDeck('build', 'print'), pdf: ourPdf },
    { name: 'this deck, from the built deck', folder: root, args: ourDeck('print'), pdf: ourPdf },
    { name: peerName('@marp-team/marp-cli'), folder: marpFolder, args: marp, pdf: join(marpFolder, 'slides.pdf') },
  ]
  const [ourBuild, ...slidevBuilds] = await secondsOf(builds, slides.length) as [number, ...number[]]
  const [fromSources, fromBuild, marpPdf] = await secondsOf(pdfs, slides.length) as [number, number, number]
  return {
    rows: [
      ...builds.map(({ name }, i) => ({ what: `build: ${name}`, value: `${fixed([ourBuild, ...slidevBuilds][i]!)} s` })),
      ...pdfs.map(({ name }, i) => ({ what: `tagged PDF: ${name}`, value: `${fixed([fromSources, fromBuild, marpPdf][i]!)} s` })),
    ],
    goals: [
      ...builds.slice(1).map(({ name }, i) => ratioGoal(`a build no slower than Slidev’s own: ${name}`, ourBuild / slidevBuilds[i]!, 1)),
      ratioGoal('the tagged PDF, from the built deck, within 1.5 times Marp’s time', fromBuild / marpPdf, 1.5),
      ratioGoal('the tagged PDF, from the sources, within 1.5 times Marp’s time', fromSources / marpPdf, 1.5),
    ],
  }
}

const ratioGoal = (goal: string, ratio: number, limit: number) => ({ goal, reached: `${fixed(ratio)} x its time`, met: ratio <= limit })

/** The least seconds that each took, in turns. */
async function secondsOf(jobs: readonly Job[], slides: number): Promise<number[]> {
  const least = await leastTimes(jobs.map(job => () => run(job)), turns + 1, 0)
  for (const { name, pdf } of jobs) {
    const pages = pdf ? (await PDFDocument.load(readFileSync(pdf), { updateMetadata: false })).getPageCount() : slides
    if (pages < slides)
      throw new Error(`${name}: its PDF has ${pages} pages for ${slides} slides.`)
  }
  return least.map(ms => ms / 1000)
}

/** Runs a command quietly. */
async function run({ name, folder, args }: Job): Promise<void> {
  // Marp starts its own Chromium, which has no sandbox for root.
  const env = { ...process.env, ...process.getuid?.() === 0 && { CHROME_NO_SANDBOX: '1' } }
  await promisify(execFile)(process.execPath, args, { cwd: folder, env, timeout: patienceMs, maxBuffer: 1e8 }).catch((error: Error) => {
    throw new Error(`${name}: ${error.message.slice(-1500)}`)
  })
}

/** What is left of the slides' Markdown without components and marks, with the spoken notes as a comment. */
function wordsOf(slides: readonly Slide[], notes: readonly SpokenNote[]): string[] {
  return slides.map(({ alias, heading, content }) => {
    const paragraphs = content
      .replace(/<!--[\s\S]*?-->|<\/?[A-Za-z](?:"[^"]*"|'[^']*'|[^'">])*>/g, '')
      .split(/\n\s*\n/)
      .map(paragraph => plainText(paragraph.replace(/^#+ .*$/m, line => line.startsWith('# ') ? '' : line.replace(/^#+ /, ''))).replace(/\s+/g, ' '))
      .filter(Boolean)
    const spoken = notes.find(note => note.alias === alias)?.spoken.replaceAll('[click]', '').replace(/\s+/g, ' ') ?? ''
    return `# ${heading}\n\n${paragraphs.join('\n\n')}\n\n<!--\n${spoken}\n-->\n`
  })
}

/** A folder for a deck, by that name. */
function freshFolder(name: string, slides = ''): string {
  const folder = join(decks, name)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), `{ "name": "${name}", "private": true, "type": "module" }\n`)
  writeFileSync(join(folder, 'slides.md'), slides)
  return folder
}

/** The deck that `npm init slidev` gives, as it comes: what Slidev itself shows of what it can do. */
function slidevStarter(): string {
  const folder = freshFolder('starter')
  cpSync(peerFile('create-slidev/template'), folder, { recursive: true, filter: source => !source.endsWith('package.json') })
  return folder
}

/** The same slides, notes and figures, built by Slidev as it comes: without what vite.config.ts and setup/unocss.ts change. */
function asSlidevBuildsIt(): string {
  const folder = freshFolder('by-slidev')
  const left = ['.git', '.github', '.cache', '.ci', 'dist', 'node_modules', 'tests', 'docs', 'scripts', 'vite.config.ts']
  for (const part of readdirSync(root).filter(part => !left.includes(part)))
    cpSync(join(root, part), join(folder, part), { recursive: true })
  rmSync(join(folder, 'setup', 'unocss.ts'))
  // Each package is linked, not the folder of them all: what Vite and Slidev keep there is each copy's own.
  const packages = join(root, 'node_modules')
  mkdirSync(join(folder, 'node_modules'))
  for (const name of readdirSync(packages).filter(name => !name.startsWith('.')))
    symlinkSync(join(packages, name), join(folder, 'node_modules', name), 'junction')
  return folder
}
