/** What a built deck weighs on its way to a reader. Sizes of files do not depend on the machine, so tests may hold them. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { besideTheDeck, deckFiles } from './finish-site.ts'

/** Weighs files of a folder together, in bytes: as they are, and each compressed for itself as a host would send it; what is compressed by its format stays as it is. */
export async function weigh(folder: string, files: readonly string[]): Promise<{ raw: number, gzip: number }> {
  const weight = { raw: 0, gzip: 0 }
  for (const file of files) {
    const bytes = await readFile(join(folder, file))
    weight.raw += bytes.length
    weight.gzip += /\.(?:woff2|png|pdf)$/.test(file) ? bytes.length : gzipSync(bytes, { level: 9 }).length
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
  const first = await firstSlideFiles(folder)
  const all = await wholeDeckFiles(folder)
  const page = (await deckFiles(folder)).filter(file => file.startsWith('read/'))
  const rows = Object.entries({
    'until the first slide reads': first,
    '  of which fonts': first.filter(file => file.endsWith('.woff2')),
    'the whole deck': all,
    '  *.js': all.filter(file => file.endsWith('.js')),
    '  *.css': all.filter(file => file.endsWith('.css')),
    '  *.woff2': all.filter(file => file.endsWith('.woff2')),
    ...page.length > 0 && { 'the page to read': page },
  })
  const line = (name: string, ...cells: string[]) => name.padEnd(30) + cells.map(cell => cell.padStart(10)).join('')
  const lines = await Promise.all(rows.map(async ([name, files]) => {
    const { raw, gzip } = await weigh(folder, files)
    return line(name, String(files.length), kilo(raw), kilo(gzip))
  }))
  return [line('kB', 'files', 'raw', 'gzip'), ...lines].join('\n')
}

/** The weight of one file in words. */
export async function weighFile(path: string): Promise<string> {
  const { raw, gzip } = await weigh('', [path])
  return `${kilo(raw)} kB (${kilo(gzip)} kB compressed)`
}

const kilo = (bytes: number) => (bytes / 1000).toFixed(1)
