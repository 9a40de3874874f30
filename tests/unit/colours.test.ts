/**
 * The colours of styles/tokens.css, computed: text stands out from every ground it is set on, marks from the paper, and
 * structure from generality, for those as well who see colours differently. Contrast by WCAG 2.2; what people with a
 * colour-vision deficiency see by Machado, Oliveira and Fernandes 2009, at full severity; differences by CIEDE2000.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Color } from 'culori'
import { differenceCiede2000, filterDeficiencyDeuter, filterDeficiencyProt, filterDeficiencyTrit, parse, wcagContrast } from 'culori'
import { describe, expect, it } from 'vitest'
import { tokens } from '../../styles/tokens.ts'

type Scheme = 'light' | 'dark'

const valuesOf = (block: string) => new Map([...block.matchAll(/--([\w-]+): (#[\da-f]{6});/g)].map(([, name = '', value = '']) => [name, value]))
const values: Record<Scheme, Map<string, string>> = { light: valuesOf(tokens.light), dark: valuesOf(tokens.dark) }

function colour(scheme: Scheme, name: string): string {
  const value = values[scheme].get(name)
  if (!value)
    throw new RangeError(`styles/tokens.css has no colour --${name} in the ${scheme}.`)
  return value
}

const contrast = (scheme: Scheme, one: string, other: string) => wcagContrast(colour(scheme, one), colour(scheme, other))

type Eyes = 'no deficiency' | 'protanopia' | 'deuteranopia' | 'tritanopia'

const vision: Readonly<Record<Eyes, (seen: Color) => Color>> = {
  'no deficiency': seen => seen,
  'protanopia': filterDeficiencyProt(1),
  'deuteranopia': filterDeficiencyDeuter(1),
  'tritanopia': filterDeficiencyTrit(1),
}
const ciede2000 = differenceCiede2000()

/** The difference between two colours as these eyes see them, ΔE00. */
function apart(one: string, other: string, eyes: Eyes): number {
  const see = (value: string) => {
    const read = parse(value)
    if (!read)
      throw new RangeError(`“${value}” is no colour.`)
    return vision[eyes](read)
  }
  return ciede2000(see(one), see(other))
}

const tones = ['ink', 'muted', 'structure', 'general', 'caveat'] as const
const grounds = ['paper', 'shade', 'structure-soft', 'general-soft'] as const
/** Words of one colour are not set on the soft ground of another. */
const neverSet = new Set(['structure on general-soft', 'general on structure-soft', 'caveat on structure-soft', 'caveat on general-soft'])

describe.each(['light', 'dark'] as const)('the colours in the %s', (scheme) => {
  it.each(grounds.flatMap(ground => tones.map(tone => `${tone} on ${ground}`)).filter(pair => !neverSet.has(pair)))('are legible as text: %s at 4.5 to 1', (pair) => {
    const [tone = '', ground = ''] = pair.split(' on ')
    expect(contrast(scheme, tone, ground)).toBeGreaterThanOrEqual(4.5)
  })

  it('are legible turned round: paper on ink, on structure and on general, as on pressed buttons and filled parts', () => {
    for (const ground of ['ink', 'structure', 'general'])
      expect(contrast(scheme, 'paper', ground), ground).toBeGreaterThanOrEqual(4.5)
  })

  it('let marks and thin lines stand out from the paper at 3 to 1', () => {
    for (const mark of [...tones, 'wire'])
      expect(contrast(scheme, mark, 'paper'), mark).toBeGreaterThanOrEqual(3)
  })

  // Two patches side by side differ visibly from a ΔE00 of about 1 on; small marks apart from each other, in peripheral
  // view and with a projector's washed-out colours need many times that. 20 is a fifth of the way from black to white.
  it.each(Object.keys(vision) as Eyes[])('keep structure and generality apart with %s: ΔE00 of 20 and more', (eyes) => {
    expect(apart(colour(scheme, 'structure'), colour(scheme, 'general'), eyes)).toBeGreaterThanOrEqual(20)
  })
})

describe('the simulated eyes', () => {
  it('see black and white 100 apart, all of them', () => {
    for (const eyes of Object.keys(vision) as Eyes[])
      expect(apart('#000000', '#ffffff', eyes), eyes).toBeCloseTo(100, 1)
  })

  it('confuse what each deficiency confuses, and nobody else', () => {
    const [red, olive, blue, green] = ['#cc3311', '#7a7a00', '#2b6cb0', '#2f855a']
    expect(apart(red, olive, 'no deficiency')).toBeGreaterThan(40)
    expect(apart(red, olive, 'protanopia')).toBeLessThan(20)
    expect(apart(red, olive, 'deuteranopia')).toBeLessThan(20)
    expect(apart(blue, green, 'deuteranopia')).toBeGreaterThan(30)
    expect(apart(blue, green, 'tritanopia')).toBeLessThan(10)
  })
})

it('the favicon, which no style sheet reaches, has no others', () => {
  const drawn = readFileSync(join(import.meta.dirname, '..', '..', 'public', 'favicon.svg'), 'utf8').match(/#[\da-f]{3,8}\b/g) ?? []
  expect(drawn).toEqual(['paper', 'structure', 'general'].map(name => colour('light', name)))
})
