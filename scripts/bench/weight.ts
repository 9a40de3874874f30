/** What the parts of Slidev that the built deck leaves out would weigh: the deck is built once with each of them. */
import type { Weight } from '../lib/weight.ts'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { firstSlideFiles, weigh, wholeDeckFiles } from '../lib/weight.ts'
import { replacements } from '../../setup/vite/slim.ts'
import { runCommand } from './deck-times.ts'
import { buildHere, copyProject } from './deck-tools.ts'

export interface WeightResult {
  /** What is in the deck beside what ships. */
  readonly name: string
  readonly first?: Weight
  readonly whole?: Weight
  /** Why it could not be built. */
  readonly failed?: string
}

interface Variant {
  readonly name: string
  /** Changes a copy of the project. */
  readonly change: (folder: string) => void
}

const edit = (file: string, from: string | RegExp, to: string) => (folder: string) => {
  const path = join(folder, file)
  const before = readFileSync(path, 'utf8')
  const after = before.replace(from, () => to)
  if (after === before)
    throw new Error(`${file} has nothing to change: “${from}” is not in it.`)
  writeFileSync(path, after)
}

/** Slidev's switches that the headmatter of slides.md sets off. */
const switches = ['monaco', 'mermaid', 'twoslash', 'editor']

/** The types on hover are shown by the tooltips: neither is had alone. */
function neededWith(imported: RegExp): number[] {
  return imported.source.includes('twoslash') ? replacements.flatMap(({ imported }, index) => imported.source.includes('floating-vue') ? [index] : []) : []
}

const variants: readonly Variant[] = [
  { name: 'as it ships', change: () => {} },
  ...switches.map(name => ({ name: `${name}: true`, change: edit('slides.md', `${name}: false`, `${name}: true`) })),
  { name: 'drawings', change: edit('slides.md', 'drawings:\n  enabled: false', 'drawings:\n  enabled: true') },
  ...replacements.map(({ imported, why }, index) => ({
    name: `${String(imported).replace(/^\/|\/$|[\\^$]/g, '')} (${why.split(/[.:]/)[0]})`,
    change: edit(join('scripts', 'vite', 'slim.ts'), '\n]\n\nconst prefix', `\n].filter((_, index) => ![${[index, ...neededWith(imported)]}].includes(index))\n\nconst prefix`),
  })),
  { name: 'UnoCSS reading the whole deck', change: folder => rmSync(join(folder, 'setup', 'unocss.ts')) },
  {
    name: 'everything, as Slidev builds it',
    change: folder => ['vite.config.ts', join('setup', 'unocss.ts')].forEach(file => rmSync(join(folder, file))),
  },
]

/** Builds the deck as it ships, then with each part. */
export async function weighParts(): Promise<WeightResult[]> {
  const results: WeightResult[] = []
  for (const { name, change } of variants) {
    console.log(`  ${name}`)
    const folder = copyProject('weight')
    change(folder)
    try {
      await runCommand({ name, folder }, buildHere)
      const built = join(folder, 'dist')
      results.push({ name, first: await weigh(built, await firstSlideFiles(built)), whole: await weigh(built, await wholeDeckFiles(built)) })
    }
    catch (error) {
      results.push({ name, failed: error instanceof Error ? error.message : String(error) })
    }
  }
  return results
}
