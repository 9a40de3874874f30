/**
 * Fonts for print. Chromium draws the letters of a variable font into a PDF as procedures (Type 3), which no reader can
 * hint, and which print badly. So the printing page, and it alone, is set in static instances: for each family, weight
 * and size that it uses, cut at just that weight and optical size out of the page's own variable fonts, with just the
 * letters that are set in it. What the page looks like does not change; what the site ships does not either.
 */
import type { Page } from 'playwright-core'
import subsetFont from 'subset-font'

/** A way in which text is set, with the letters that need it. */
export interface FontUse {
  family: string
  weight: number
  /** In CSS pixels: it chooses the optical size. */
  size: number
  text: string
}

interface VariableFace {
  family: string
  url: string
  style: string
  unicodeRange: string
}

/** Name of the static family that stands for a use. */
export function instanceName({ family, weight, size }: Omit<FontUse, 'text'>): string {
  return `${family} ${weight} ${size}px`
}

/**
 * Sets a page in static instances of its variable fonts.
 * @param page a page that is drawn, fonts included
 * @param further uses that no element of the page shows, for instance in page margins
 * @returns how many instances were cut
 */
export async function useStaticFonts(page: Page, further: readonly FontUse[] = []): Promise<number> {
  const { faces, uses } = await page.evaluate(markUses)
  const rules: string[] = []
  const sources = new Map<string, Promise<Source>>()
  const wanted = [...uses, ...further]
  const cut = await Promise.all(wanted.flatMap(use => faces
    .filter(({ family }) => family === use.family)
    .map(async (face) => {
      const letters = within(use.text, face.unicodeRange)
      if (!letters)
        return 0
      const source = sources.get(face.url) ?? readSource(page, face.url)
      sources.set(face.url, source)
      const { font, axes } = await source
      const at: Record<string, number> = { wght: use.weight, opsz: use.size }
      const variationAxes = Object.fromEntries(Object.entries(at).filter(([axis]) => axes.includes(axis)))
      const instance = await subsetFont(font, letters, { targetFormat: 'truetype', variationAxes })
      rules.push(`@font-face { font-family: '${instanceName(use)}'; font-weight: ${use.weight}; font-style: ${face.style}; src: url(data:font/ttf;base64,${Buffer.from(instance).toString('base64')}); ${face.unicodeRange ? `unicode-range: ${face.unicodeRange};` : ''} }`)
      return 1
    })))
  await page.addStyleTag({ content: rules.sort().join('\n') })
  await page.evaluate(applyInstances)
  return cut.reduce<number>((sum, one) => sum + one, 0)
}

interface Source {
  font: Uint8Array
  /** Tags of the axes it varies along. */
  axes: string[]
}

async function readSource(page: Page, url: string): Promise<Source> {
  const response = await page.request.get(url)
  if (!response.ok())
    throw new Error(`The font ${url} cannot be read: ${response.status()}.`)
  const font = await subsetFont(await response.body(), '', { targetFormat: 'truetype', keepAllGlyphs: true })
  return { font, axes: axesOf(font) }
}

/** The axes of an OpenType font, from its `fvar` table. */
function axesOf(font: Uint8Array): string[] {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength)
  const tag = (at: number) => String.fromCharCode(...font.subarray(at, at + 4))
  const tables = view.getUint16(4)
  for (let i = 0; i < tables; i++) {
    const record = 12 + 16 * i
    if (tag(record) !== 'fvar')
      continue
    const table = view.getUint32(record + 8)
    const first = table + view.getUint16(table + 4)
    return Array.from({ length: view.getUint16(table + 8) }, (_, axis) => tag(first + axis * view.getUint16(table + 10)))
  }
  return []
}

/** The letters of a text that a face's `unicode-range` takes in; all of them when it has none. */
function within(text: string, unicodeRange: string): string {
  if (!unicodeRange)
    return text
  const ranges = unicodeRange.split(',').map((part) => {
    const [from = '', to = from] = part.trim().replace(/^U\+/i, '').split('-')
    return [Number.parseInt(from.replaceAll('?', '0'), 16), Number.parseInt(to.replaceAll('?', 'F'), 16)] as const
  })
  return [...text].filter((letter) => {
    const point = letter.codePointAt(0) ?? 0
    return ranges.some(([from, to]) => point >= from && point <= to)
  }).join('')
}

/**
 * Runs in the page. Finds its variable faces and every way in which text is set in them, and notes on each element
 * which static families are to take the place of its own.
 */
function markUses(): { faces: VariableFace[], uses: FontUse[] } {
  const faces: VariableFace[] = []
  for (const sheet of document.styleSheets) {
    for (const rule of sheet.cssRules) {
      if (!(rule instanceof CSSFontFaceRule))
        continue
      const { style } = rule
      const url = /url\(["']?([^"')]+)/.exec(style.getPropertyValue('src'))?.[1]
      // A range of weights is what a variable font has.
      if (!url || !style.getPropertyValue('font-weight').trim().includes(' '))
        continue
      faces.push({
        family: style.getPropertyValue('font-family').replace(/["']/g, ''),
        url: new URL(url, sheet.href ?? document.baseURI).href,
        style: style.getPropertyValue('font-style') || 'normal',
        unicodeRange: style.getPropertyValue('unicode-range'),
      })
    }
  }
  const families = new Set(faces.map(({ family }) => family))

  const settings: { element: HTMLElement | SVGElement, attribute: string, style: CSSStyleDeclaration, text: string }[] = []
  for (const element of document.querySelectorAll<HTMLElement | SVGElement>('body *')) {
    const text = [...element.childNodes].filter(node => node.nodeType === Node.TEXT_NODE).map(node => node.textContent).join('').trim()
    if (text)
      settings.push({ element, attribute: 'instance', style: getComputedStyle(element), text })
    for (const pseudo of ['before', 'after']) {
      const style = getComputedStyle(element, `::${pseudo}`)
      if (!['none', 'normal', '""', ''].includes(style.content))
        settings.push({ element, attribute: `instance${pseudo}`, style, text: style.content.includes('counter') ? `0123456789${style.content}` : style.content })
    }
  }

  const uses = new Map<string, { family: string, weight: number, size: number, letters: Set<string> }>()
  for (const { element, attribute, style, text } of settings) {
    const weight = Number(style.fontWeight)
    const size = Number.parseFloat(style.fontSize)
    const stack = style.fontFamily.split(',').map(part => part.trim()).map((part) => {
      const family = part.replace(/["']/g, '')
      if (!families.has(family))
        return part
      const name = `${family} ${weight} ${size}px`
      const use = uses.get(name) ?? { family, weight, size, letters: new Set() }
      uses.set(name, use)
      // Capitals made by style are other letters than those in the text.
      for (const letter of style.textTransform === 'none' ? text : text + text.toUpperCase())
        use.letters.add(letter)
      return `"${name}"`
    })
    element.dataset[attribute] = stack.join(', ')
  }
  return { faces, uses: [...uses.values()].map(({ letters, ...use }) => ({ ...use, text: `${[...letters].join('')} ` })) }
}

/** Runs in the page. Puts the static families in place and waits until they are there. */
async function applyInstances(): Promise<void> {
  const rules = new Set<string>()
  for (const [attribute, pseudo] of [['instance', ''], ['instancebefore', '::before'], ['instanceafter', '::after']] as const) {
    for (const element of document.querySelectorAll<HTMLElement | SVGElement>(`[data-${attribute}]`)) {
      const stack = element.dataset[attribute] ?? ''
      rules.add(`[data-${attribute}='${stack}']${pseudo} { font-family: ${stack} !important; }`)
    }
  }
  const style = document.createElement('style')
  style.textContent = [...rules].join('\n')
  document.head.append(style)
  // Laid out once, so that the fonts are asked for.
  document.body.getBoundingClientRect()
  await document.fonts.ready
}
