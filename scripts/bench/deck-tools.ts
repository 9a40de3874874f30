/**
 * The tools the deck is compared with, each carrying the same words in the form its own documentation begins with:
 * headings, bodies and notes of this deck, without its figures. They stand in folders of .cache/bench/decks.
 */
import type { SpokenNote } from '../../talk/script.ts'
import type { Slide } from '../../talk/slides.ts'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { plainText, root } from '../../talk/slides.ts'
import { scriptFiles } from '../../talk/script.ts'
import { peersFolder } from './install.ts'

/** A command, run in the tool's folder by this Node.js. */
export type Command = readonly string[]

export interface DeckTool {
  readonly name: string
  /** What is measured as its build, its start and its PDF. */
  readonly description: string
  readonly folder: string
  readonly build: Command
  /** Where the build stands, and the page of it that is opened. */
  readonly built: string
  readonly page: string
  /** How many slides it has, and words that the first and the last one show. */
  readonly slides: { count: number, first: string, last: string }
  /** Without it, only its build is measured. */
  readonly start?: (port: number) => Command
  /** Path of the deck on the server that `start` starts. */
  readonly startPage?: string
  readonly print?: PrintCommands | PrintPage
}

/** Its own command for a PDF: from the sources, and from what it built, if it can do that. */
export interface PrintCommands {
  readonly fromSources: Command
  readonly fromBuild?: Command
  readonly file: string
}

/** A page of the build which Chromium prints. */
export interface PrintPage {
  readonly page: string
  readonly file: string
}

export interface TextSlide {
  readonly heading: string
  readonly paragraphs: readonly string[]
  readonly notes: string
}

/** The words of the slides: what is left of their Markdown without components and marks, and the spoken notes. */
export function textOf(slides: readonly Slide[], notes: readonly SpokenNote[]): TextSlide[] {
  return slides.map(({ alias, heading, content }) => ({
    heading,
    paragraphs: content
      .replace(/<!--[\s\S]*?-->|<\/?[A-Za-z](?:"[^"]*"|'[^']*'|[^'">])*>/g, '')
      .split(/\n\s*\n/)
      .map(paragraph => plainText(paragraph.replace(/^#+ .*$/m, line => line.startsWith('# ') ? '' : line.replace(/^#+ /, ''))).replace(/\s+/g, ' '))
      .filter(Boolean),
    notes: notes.find(note => note.alias === alias)?.spoken.replaceAll('[click]', '').replace(/\s+/g, ' ') ?? '',
  }))
}

const decks = join(peersFolder, 'decks')
/** Builds the copy of the project that it is run in. */
export const buildHere: Command = ['--input-type=module', '-e', `const { buildDeck } = await import('./scripts/lib/deck.ts'); await buildDeck(process.cwd() + '/dist')`]
const ownModule = (path: string) => join(root, 'node_modules', path)
const peerModule = (path: string) => join(peersFolder, 'node_modules', path)
const slidevCli = ownModule('@slidev/cli/bin/slidev.mjs')
const viteCli = ownModule('vite/bin/vite.js')
const chromium = () => process.env.CHROMIUM_PATH ?? ''

function freshFolder(name: string, files: Record<string, string>): string {
  const folder = join(decks, name)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const [file, text] of Object.entries({ 'package.json': `{ "name": "${name}", "private": true, "type": "module" }\n`, ...files }))
    writeFileSync(join(folder, file), text)
  return folder
}

/**
 * This deck itself, with all its figures and checks: a copy of the project, its packages linked, whose slides and notes
 * stand there `copies` times under names of their own.
 */
export function ourDeck(slides: readonly Slide[], copies = 1): DeckTool {
  const folder = copyProject(`ours-${copies}x`)
  repeatSlides(folder, copies)
  // As npm run export makes slides.pdf, which has more to make: the clicks, the handout, the pictures.
  const print = (deck: string) => ['--input-type=module', '-e', [
    `import { writeFile } from 'node:fs/promises'`,
    `import { printSlides } from './scripts/export/slides.ts'`,
    `import { openBrowser } from './scripts/lib/browser.ts'`,
    `import { builtDeck, serveDeck } from './scripts/lib/deck.ts'`,
    `import { readSlides } from './talk/slides.ts'`,
    `const [served, browser] = await Promise.all([${deck}.then(folder => serveDeck(folder)), openBrowser()])`,
    `const { bytes } = await printSlides(await browser.newPage(), served.url, await readSlides())`,
    `await writeFile('slides.pdf', bytes)`,
    `await browser.close()`,
    `await served.close()`,
  ].join('\n')]
  const named = slidesOf(slides)
  return {
    name: copies === 1 ? 'this deck' : `this deck, ${copies} x the slides`,
    description: 'live figures, tags and outline included; npm run build, npm start, slides.pdf of npm run export',
    folder,
    build: buildHere,
    built: join(folder, 'dist'),
    page: 'index.html',
    slides: { ...named, count: named.count * copies },
    start: port => [slidevCli, '--port', String(port)],
    startPage: '',
    print: { fromSources: print('builtDeck()'), fromBuild: print(`Promise.resolve('dist')`), file: join(folder, 'slides.pdf') },
  }
}

/** The same slides, notes and figures, built by Slidev as it comes: without what vite.config.ts and setup/unocss.ts change. */
export function ourDeckAsSlidevBuildsIt(slides: readonly Slide[]): DeckTool {
  const folder = copyProject('ours-by-slidev')
  for (const file of ['vite.config.ts', join('setup', 'unocss.ts')])
    rmSync(join(folder, file))
  return {
    name: 'this deck, built by Slidev as it comes',
    description: 'without vite.config.ts and setup/unocss.ts; slidev build',
    folder,
    ...slidevBuild(folder),
    slides: slidesOf(slides),
  }
}

/** A copy of the project to be changed, in a folder of that name. */
export function copyProject(name: string): string {
  const folder = freshFolder(name, {})
  for (const part of readdirSync(root).filter(part => !['.git', '.github', '.cache', '.ci', 'dist', 'node_modules', 'tests', 'docs'].includes(part)))
    cpSync(join(root, part), join(folder, part), { recursive: true, filter: source => !source.includes('node_modules') && !source.includes(join('scripts', 'bench')) })
  // Each package is linked, not the folder of them all: what Vite and Slidev keep there is each copy's own.
  mkdirSync(join(folder, 'node_modules'))
  for (const name of readdirSync(ownModule('')).filter(name => !name.startsWith('.')))
    symlinkSync(ownModule(name), join(folder, 'node_modules', name), 'junction')
  return folder
}

function repeatSlides(folder: string, copies: number): void {
  const slidesFile = join(folder, 'slides.md')
  const slides = readFileSync(slidesFile, 'utf8').trimEnd()
  const notes = scriptFiles.map(file => readFileSync(join(folder, 'notes', file), 'utf8').replace(/^[\s\S]*?(?=^## )/m, '').trimEnd())
  const lastNotes = join(folder, 'notes', scriptFiles.at(-1)!)
  let moreSlides = slides
  let moreNotes = readFileSync(lastNotes, 'utf8').trimEnd()
  for (let copy = 2; copy <= copies; copy++) {
    moreSlides += `\n\n${slides.replace(/^routeAlias: (\S+)$/gm, `routeAlias: $1-copy-${copy}`)}`
    moreNotes += `\n\n${notes.join('\n\n').replace(/^## ([\w-]+) \(/gm, `## $1-copy-${copy} (`)}`
  }
  writeFileSync(slidesFile, `${moreSlides}\n`)
  writeFileSync(lastNotes, `${moreNotes}\n`)
}

/** The deck that `npm init slidev` gives, as it comes: what Slidev itself shows of what it can do. */
export function slidevStarter(): DeckTool {
  const folder = freshFolder('slidev-starter', {})
  cpSync(peerModule('create-slidev/template'), folder, { recursive: true, filter: source => !source.endsWith('package.json') })
  return {
    name: 'Slidev’s starter deck',
    description: `the template of create-slidev ${versionOf(peerModule('create-slidev'))} with @slidev/cli ${versionOf(ownModule('@slidev/cli'))}; slidev build, slidev`,
    folder,
    ...slidevBuild(folder),
    slides: { count: 1, first: 'Welcome to Slidev', last: 'Learn More' },
    start: port => [slidevCli, '--port', String(port)],
    startPage: '',
  }
}

/** A plain deck of the same Slidev with its default theme and the same words. */
export function slidevWords(slides: readonly TextSlide[]): DeckTool {
  const text = slides.map(({ heading, paragraphs, notes }, i) => `---\n${i === 0 ? 'theme: default\ntitle: Text\n' : 'layout: default\n'}---\n\n# ${heading}\n\n${paragraphs.join('\n\n')}\n\n<!--\n${notes}\n-->\n`).join('\n')
  const folder = freshFolder('slidev', { 'slides.md': text })
  return {
    name: 'Slidev, the words alone',
    description: `@slidev/cli ${versionOf(ownModule('@slidev/cli'))}, default theme; slidev build, slidev, slidev export`,
    folder,
    ...slidevBuild(folder),
    slides: slidesOf(slides),
    start: port => [slidevCli, '--port', String(port)],
    startPage: '',
    print: { fromSources: [slidevCli, 'export', '--output', 'slides.pdf', '--executable-path', chromium(), '--timeout', '120000'], file: join(folder, 'slides.pdf') },
  }
}

const slidevBuild = (folder: string) => ({
  build: [slidevCli, 'build', '--router-mode', 'hash', '--base', './', '--out', 'dist'],
  built: join(folder, 'dist'),
  page: 'index.html',
})

export function marp(slides: readonly TextSlide[]): DeckTool {
  const text = `---\nmarp: true\n---\n\n${slides.map(({ heading, paragraphs, notes }) => `# ${heading}\n\n${paragraphs.join('\n\n')}\n\n<!--\n${notes}\n-->\n`).join('\n---\n\n')}`
  const folder = freshFolder('marp', { 'slides.md': text })
  const cli = peerModule('@marp-team/marp-cli/marp-cli.js')
  return {
    name: 'Marp',
    description: `@marp-team/marp-cli ${versionOf(peerModule('@marp-team/marp-cli'))}; marp, marp --server, marp --pdf`,
    folder,
    build: [cli, '--no-stdin', 'slides.md', '-o', 'dist/index.html'],
    built: join(folder, 'dist'),
    page: 'index.html',
    slides: slidesOf(slides),
    start: () => [cli, '--no-stdin', '--server', '.'],
    startPage: 'slides.md',
    print: { fromSources: [cli, '--no-stdin', '--pdf', '--browser', 'chrome', '--browser-path', chromium(), 'slides.md', '-o', 'slides.pdf'], file: join(folder, 'slides.pdf') },
  }
}

export function reveal(slides: readonly TextSlide[]): DeckTool {
  const sections = slides.map(({ heading, paragraphs, notes }) => `<section><h2>${escaped(heading)}</h2>${paragraphs.map(paragraph => `<p>${escaped(paragraph)}</p>`).join('')}<aside class="notes">${escaped(notes)}</aside></section>`)
  const folder = freshFolder('reveal', {
    'index.html': `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Text</title></head><body><div class="reveal"><div class="slides">\n${sections.join('\n')}\n</div></div><script type="module" src="./main.js"></script></body></html>\n`,
    'main.js': `import Reveal from 'reveal.js'\nimport Notes from 'reveal.js/plugin/notes'\nimport 'reveal.js/reset.css'\nimport 'reveal.js/reveal.css'\nimport 'reveal.js/theme/white.css'\nnew Reveal({ hash: true, plugins: [Notes] }).initialize()\n`,
  })
  return {
    ...viteProject(folder),
    slides: slidesOf(slides),
    name: 'reveal.js',
    description: `reveal.js ${versionOf(peerModule('reveal.js'))} with its notes plugin; vite build, vite, Chromium at ?print-pdf`,
    print: { page: 'index.html?print-pdf', file: join(folder, 'slides.pdf') },
  }
}

export function spectacle(slides: readonly TextSlide[]): DeckTool {
  const folder = freshFolder('spectacle', {
    'index.html': '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Text</title></head><body><div id="root"></div><script type="module" src="./main.js"></script></body></html>\n',
    'main.js': `import { createElement as h } from 'react'\nimport { createRoot } from 'react-dom/client'\nimport { Deck, DefaultTemplate, Heading, Notes, Slide, Text } from 'spectacle'\nconst slides = ${JSON.stringify(slides)}\ncreateRoot(document.getElementById('root')).render(h(Deck, { template: h(DefaultTemplate) }, slides.map(({ heading, paragraphs, notes }, i) => h(Slide, { key: i }, h(Heading, null, heading), paragraphs.map((paragraph, p) => h(Text, { key: p }, paragraph)), h(Notes, null, notes)))))\n`,
  })
  return {
    ...viteProject(folder),
    slides: slidesOf(slides),
    name: 'Spectacle',
    description: `spectacle ${versionOf(peerModule('spectacle'))} with React ${versionOf(peerModule('react'))}; vite build, vite, Chromium in its export mode`,
    print: { page: 'index.html?exportMode=true', file: join(folder, 'slides.pdf') },
  }
}

function viteProject(folder: string): Omit<DeckTool, 'name' | 'description' | 'slides'> {
  return {
    folder,
    build: [viteCli, 'build', '--base', './'],
    built: join(folder, 'dist'),
    page: 'index.html',
    start: port => [viteCli, '--port', String(port), '--strictPort'],
    startPage: '',
  }
}

const slidesOf = (slides: readonly { heading: string }[]) => ({ count: slides.length, first: slides[0]!.heading, last: slides.at(-1)!.heading })

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')

function versionOf(folder: string): string {
  return (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }).version
}
