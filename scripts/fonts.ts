/**
 * `npm run fonts`: cuts the signs that the font packages' Latin subsets lack (superscripts, arrows, relations) out of
 * the full Inter and writes styles/fonts/inter-signs.woff2. Without it each machine would fill in glyphs of its own.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import subsetFont from 'subset-font'
import { root } from './lib/deck.ts'

// Kept in step with `unicode-range` in styles/signs.css.
const signs = '⁰⁴⁵⁶⁷⁸⁹⁺⁻ⁿ₀₁₂₃₄₅₆₇₈₉→←↔⇒≤≥≈≠∑√∞✓'

const inter = createRequire(import.meta.url).resolve('inter-ui/variable/InterVariable.woff2')
const cut = await subsetFont(await readFile(inter), signs, { targetFormat: 'woff2' })
const file = join(root, 'styles', 'fonts', 'inter-signs.woff2')
await writeFile(file, cut)
console.log(`${file}: ${signs.length} signs, ${(cut.length / 1000).toFixed(1)} kB.`)
