/**
 * `npm run fonts`: cuts the deck's typefaces out of the font packages and writes styles/fonts/ and styles/fonts.css.
 *
 * The packages' files hold every weight and every letter of a script; a slide needs two weights and few letters more
 * than English has. What the first slide is set with is in files of its own, so that it can be read early; the signs
 * that the packages' Latin subsets lack come from the full Inter, or each machine would fill in glyphs of its own.
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import subsetFont from 'subset-font'
import { root } from '../talk/slides.ts'

type Axis = number | { min: number, max: number }

interface Cut {
  /** Name of the file, without its ending. */
  name: string
  family: string
  /** The file of the package. */
  from: string
  letters: string
  /** What remains of the variable font's axes; one that is not named remains whole. */
  axes: Record<string, Axis>
  /** The weights of CSS that the file answers to. */
  weight: string
  italic?: boolean
}

const between = (first: string, last: string) => Array.from({ length: last.codePointAt(0)! - first.codePointAt(0)! + 1 }, (_, i) => String.fromCodePoint(first.codePointAt(0)! + i)).join('')

const english = `${between('A', 'Z')}${between('a', 'z')}${between('0', '9')} \u00a0!"%&'()+,-./:;=?–—‘’“”…·×−`
/** What a heading is made of: the first slide waits for no sign more. */
const heading = `${between('A', 'Z')}${between('a', 'z')} ,.:?’–-`
const latin = [...between('!', '~'), ...between('\u00a1', 'ÿ'), ...'•′″‹›'].filter(letter => !english.includes(letter)).join('')
const greek = `${between('Α', 'Ρ')}${between('Σ', 'Ω')}${between('α', 'ω')}`
const russian = `Ё${between('А', 'я')}ё`
const signs = '⁰⁴⁵⁶⁷⁸⁹⁺⁻ⁿ₀₁₂₃₄₅₆₇₈₉→←↑↓↔⇒≤≥≈≠∑√∞✓'

const serif = (subset: string, style = 'normal') => `@fontsource-variable/source-serif-4/files/source-serif-4-${subset}-opsz-${style}.woff2`
const inter = (subset: string, style = 'normal') => `@fontsource-variable/inter/files/inter-${subset}-opsz-${style}.woff2`
const mono = (subset: string) => `@fontsource-variable/jetbrains-mono/files/jetbrains-mono-${subset}-wght-normal.woff2`

const text = { family: 'Inter Variable', axes: { wght: { min: 400, max: 650 } }, weight: '100 900' }
const figures = { family: 'JetBrains Mono Variable', axes: { wght: { min: 400, max: 650 } }, weight: '100 900' }
const statement = { family: 'Source Serif 4 Variable', axes: { wght: 600, opsz: { min: 14, max: 60 } }, weight: '500 900' }
const quotation = { family: 'Source Serif 4 Variable', axes: { wght: 400, opsz: { min: 14, max: 60 } }, weight: '100 499' }

const cuts: readonly Cut[] = [
  { name: 'inter', ...text, from: inter('latin'), letters: english },
  { name: 'inter-latin', ...text, from: inter('latin'), letters: latin },
  { name: 'inter-greek', ...text, from: inter('greek'), letters: greek },
  { name: 'inter-russian', ...text, from: inter('cyrillic'), letters: russian },
  { name: 'inter-italic', ...text, italic: true, from: inter('latin', 'italic'), letters: english },
  { name: 'source-serif-4-600', ...statement, from: serif('latin'), letters: heading },
  { name: 'source-serif-4-600-latin', ...statement, from: serif('latin'), letters: [...english, ...latin].filter(letter => !heading.includes(letter)).join('') },
  { name: 'source-serif-4-400', ...quotation, from: serif('latin'), letters: english },
  { name: 'source-serif-4-400-latin', ...quotation, from: serif('latin'), letters: latin },
  { name: 'source-serif-4-400-italic', ...quotation, italic: true, from: serif('latin', 'italic'), letters: english },
  { name: 'source-serif-4-400-italic-latin', ...quotation, italic: true, from: serif('latin', 'italic'), letters: latin },
  { name: 'jetbrains-mono', ...figures, from: mono('latin'), letters: english },
  { name: 'jetbrains-mono-latin', ...figures, from: mono('latin'), letters: latin },
  { name: 'inter-signs', family: 'Inter Signs', from: 'inter-ui/variable/InterVariable.woff2', letters: signs, axes: {}, weight: '100 900' },
]

/** Kerning, marks, ligatures, lining and tabular figures, and the two of Inter that styles/slides.css asks for. */
const features = ['kern', 'mark', 'mkmk', 'ccmp', 'liga', 'lnum', 'pnum', 'tnum', 'cv05', 'ss03']

const folder = join(root, 'styles', 'fonts')
await rm(folder, { recursive: true, force: true })
await mkdir(folder)
const faces: string[] = []
for (const { name, family, from, letters, axes, weight, italic } of cuts) {
  const font = await readFile(fileURLToPath(import.meta.resolve(from)))
  const cut = await subsetFont(font, letters, { targetFormat: 'woff2', variationAxes: axes, keepFeatures: features })
  await writeFile(join(folder, `${name}.woff2`), cut)
  faces.push(`@font-face {
  font-family: '${family}';
  src: url('./fonts/${name}.woff2') format('woff2');
  font-weight: ${weight};${italic ? '\n  font-style: italic;' : ''}
  font-display: block;
  unicode-range: ${ranges(letters)};
}
`)
  console.log(`${`${name}.woff2`.padEnd(30)} ${String([...letters].length).padStart(4)} letters ${(cut.length / 1000).toFixed(1).padStart(6)} kB`)
}
await writeFile(join(root, 'styles', 'fonts.css'), `/* Written by \`npm run fonts\` from the font packages (SIL Open Font License). */\n${faces.join('\n')}`)

/** The letters as CSS writes them: U+41-5A, U+E9. */
function ranges(letters: string): string {
  const points = [...letters].map(letter => letter.codePointAt(0)!).sort((a, b) => a - b)
  const runs: [number, number][] = []
  for (const point of points) {
    const last = runs.at(-1)
    if (last && point <= last[1] + 1)
      last[1] = point
    else
      runs.push([point, point])
  }
  const hex = (point: number) => point.toString(16).toUpperCase()
  return runs.map(([first, last]) => first === last ? `U+${hex(first)}` : `U+${hex(first)}-${hex(last)}`).join(', ')
}
