/** What a built deck weighs on its way to a reader. Sizes of files do not depend on the machine, so tests may hold them. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { besideTheDeck, deckFiles } from './finish-site.ts'

/** Bytes as they are, and compressed as a host would send them; what is compressed by its format stays as it is. */
export interface Weight {
  files: number
  raw: number
  gzip: number
  brotli: number
}

/** Weighs files of a folder together, each compressed for itself. */
export async function weigh(folder: string, files: readonly string[]): Promise<Weight> {
  const weight = { files: files.length, raw: 0, gzip: 0, brotli: 0 }
  for (const file of files) {
    const bytes = await readFile(join(folder, file))
    const isCompressed = /\.(?:woff2|png|pdf)$/.test(file)
    weight.raw += bytes.length
    weight.gzip += isCompressed ? bytes.length : gzipSync(bytes, { level: 9 }).length
    weight.brotli += isCompressed ? bytes.length : brotliCompressSync(bytes).length
  }
  return weight
}

/** What the first slide waits for: the page, and what it names in its head. */
export async function firstSlideFiles(folder: string): Promise<string[]> {
  const page = await readFile(join(folder, 'index.html'), 'utf8')
  const named = [...page.matchAll(/(?:src|href)="\.\/((?:assets|workers)\/[^"]+)"/g)].map(([, file]) => file!)
  return ['index.html', ...new Set(named)]
}

/** What a complete walk loads at most: everything but what lies beside the deck, and the page to read. */
export async function wholeDeckFiles(folder: string): Promise<string[]> {
  return (await deckFiles(folder)).filter(file => !besideTheDeck.includes(file) && !file.startsWith('read/'))
}

/** The weights of a deck as a table. */
export async function weighSite(folder: string): Promise<string> {
  const all = await wholeDeckFiles(folder)
  const page = (await deckFiles(folder)).filter(file => file.startsWith('read/'))
  const rows: [string, readonly string[]][] = [
    ['until the first slide reads', await firstSlideFiles(folder)],
    ['  of which fonts', (await firstSlideFiles(folder)).filter(file => file.endsWith('.woff2'))],
    ['the whole deck', all],
    ...['js', 'css', 'woff2'].map((ending): [string, string[]] => [`  *.${ending}`, all.filter(file => file.endsWith(`.${ending}`))]),
    ...page.length > 0 ? [['the page to read', page] satisfies [string, string[]]] : [],
  ]
  const weighed = await Promise.all(rows.map(async ([name, files]) => ({ name, ...await weigh(folder, files) })))
  const line = (name: string, ...cells: string[]) => name.padEnd(30) + cells.map(cell => cell.padStart(10)).join('')
  return [
    line('kB', 'files', 'raw', 'gzip', 'brotli'),
    ...weighed.map(({ name, files, raw, gzip, brotli }) => line(name, String(files), kilo(raw), kilo(gzip), kilo(brotli))),
  ].join('\n')
}

/** The weight of one file in words. */
export async function weighFile(path: string): Promise<string> {
  const { raw, gzip } = await weigh('', [path])
  return `${kilo(raw)} kB (${kilo(gzip)} kB compressed)`
}

const kilo = (bytes: number) => (bytes / 1000).toFixed(1)
