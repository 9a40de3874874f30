/**
 * Fonts for print. Chromium draws the letters of a variable font into a PDF as procedures (Type 3), which no reader can
 * hint, and which print badly. So the printing page, and it alone, is set in static instances: for each family, weight
 * and size that it uses, cut at just that weight and optical size out of the page's own variable fonts, with just the
 * letters that are set in it. What the page looks like does not change; what the site ships does not either.
 */
import type { Page } from 'playwright-core'
import subsetFont from 'subset-font'

/** A way in which text is set, with the letters that need it. */
interface FontUse {
  /** The family that is to take its place. */
  instance: string
  family: string
  weight: number
  /** In CSS pixels: it chooses the optical size. */
  size: number
  text: string
}

interface VariableFace {
  family: string
  /** The lightest and the boldest weight it answers to. */
  weights: [number, number]
  url: string
  style: string
  unicodeRange: string
}

interface Source {
  font: Uint8Array
  /** From where to where it varies, by axis. */
  axes: Record<string, [number, number]>
}

/** Optical sizes that a family is drawn for, in CSS pixels: outside of them, and where there are none, all sizes look alike. */
type OpticalSizes = Record<string, [number, number]>

/**
 * Sets a page in static instances of its variable fonts. What is set in them already, stays.
 * @param page a page that is drawn, fonts included
 */
export async function useStaticFonts(page: Page): Promise<void> {
  const found = await page.evaluate(findVariableFaces)
  if (found.length === 0)
    return
  const sources = new Map(await Promise.all([...new Set(found.map(({ url }) => url))].map(async url => [url, await readSource(url)] as const)))
  const faces = found.map(face => ({ ...face, ...sources.get(face.url)! }))
  const opticalSizes: OpticalSizes = {}
  for (const { family, axes: { opsz } } of faces.filter(({ axes }) => axes.opsz)) {
    const [smallest, largest] = opticalSizes[family] ?? opsz!
    opticalSizes[family] = [Math.min(smallest, opsz![0]), Math.max(largest, opsz![1])]
  }
  const rules: string[] = []
  for (const { instance, family, weight, size, text } of await page.evaluate(markUses, { families: [...new Set(faces.map(({ family }) => family))], opticalSizes })) {
    for (const { font, axes, style, unicodeRange } of faces.filter(face => face.family === family && face.weights[0] <= weight && weight <= face.weights[1] && isAskedFor(text, face.unicodeRange))) {
      const at = Object.entries({ wght: weight, opsz: size }).flatMap(([axis, value]) => axes[axis] ? [[axis, Math.min(Math.max(value, axes[axis][0]), axes[axis][1])]] : [])
      const bytes = await subsetFont(font, text, { targetFormat: 'truetype', variationAxes: Object.fromEntries(at) })
      rules.push(`@font-face { font-family: '${instance}'; font-weight: ${weight}; font-style: ${style}; src: url(data:font/ttf;base64,${Buffer.from(bytes).toString('base64')}); ${unicodeRange ? `unicode-range: ${unicodeRange};` : ''} }`)
    }
  }
  if (rules.length === 0)
    return
  await page.addStyleTag({ content: rules.sort().join('\n') })
  await page.evaluate(applyInstances)
}

async function readSource(url: string): Promise<Source> {
  const response = await fetch(url)
  if (!response.ok)
    throw new Error(`The font ${url} cannot be read: ${response.status}.`)
  const font = await subsetFont(Buffer.from(await response.arrayBuffer()), '', { targetFormat: 'truetype', keepAllGlyphs: true })
  return { font, axes: axesOf(font) }
}

/** The axes of an OpenType font, from its `fvar` table. */
function axesOf(font: Uint8Array): Source['axes'] {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength)
  const tag = (at: number) => String.fromCharCode(...font.subarray(at, at + 4))
  // A 16.16 fixed-point number.
  const fixed = (at: number) => view.getInt32(at) / 65536
  const tables = view.getUint16(4)
  for (let i = 0; i < tables; i++) {
    const record = 12 + 16 * i
    if (tag(record) !== 'fvar')
      continue
    const table = view.getUint32(record + 8)
    const first = table + view.getUint16(table + 4)
    return Object.fromEntries(Array.from({ length: view.getUint16(table + 8) }, (_, axis) => first + axis * view.getUint16(table + 10)).map(at => [tag(at), [fixed(at + 4), fixed(at + 12)]]))
  }
  return {}
}

/** Whether a face with that `unicode-range`, as browsers write it, has a part in a text. */
function isAskedFor(text: string, unicodeRange: string): boolean {
  const ranges = unicodeRange.split(',').map(part => part.trim().slice(2).split('-').map(end => Number.parseInt(end, 16)))
  return !unicodeRange || [...text].some(letter => ranges.some(([from = 0, to = from]) => from <= letter.codePointAt(0)! && letter.codePointAt(0)! <= to))
}

/** Runs in the page. Its faces that vary; none once static ones are in their places. */
function findVariableFaces(): VariableFace[] {
  const faces: VariableFace[] = []
  if (document.querySelector('[data-instance]'))
    return faces
  // What another site says of its fonts, it says to itself.
  const readable = [...document.styleSheets].filter(({ href }) => !href || new URL(href).origin === location.origin)
  for (const sheet of readable) {
    for (const rule of sheet.cssRules) {
      if (!(rule instanceof CSSFontFaceRule))
        continue
      const { style } = rule
      const url = /url\(["']?([^"')]+)/.exec(style.getPropertyValue('src'))?.[1]
      // A range of weights is what a variable font has.
      const [lightest, boldest] = style.getPropertyValue('font-weight').trim().split(' ').map(Number)
      if (!url || !lightest || !boldest)
        continue
      faces.push({
        family: style.getPropertyValue('font-family').replace(/["']/g, ''),
        weights: [lightest, boldest],
        url: new URL(url, sheet.href ?? document.baseURI).href,
        style: style.getPropertyValue('font-style') || 'normal',
        unicodeRange: style.getPropertyValue('unicode-range'),
      })
    }
  }
  return faces
}

/**
 * Runs in the page. Finds every way in which text is set in variable fonts, and notes on each element which static
 * families are to take the place of its own.
 */
function markUses({ families, opticalSizes }: { families: string[], opticalSizes: OpticalSizes }): FontUse[] {
  const settings: { element: HTMLElement | SVGElement, attribute: string, style: CSSStyleDeclaration, text: string }[] = []
  for (const element of document.querySelectorAll<HTMLElement | SVGElement>('body *')) {
    const text = [...element.childNodes].filter(node => node.nodeType === Node.TEXT_NODE).map(node => node.textContent).join('').trim()
    const own = getComputedStyle(element)
    const marker = own.display === 'list-item' && own.listStyleType !== 'none' ? '0123456789.•' : ''
    if (text || marker)
      settings.push({ element, attribute: 'instance', style: own, text: text + marker })
    for (const pseudo of ['before', 'after']) {
      const style = getComputedStyle(element, `::${pseudo}`)
      if (!['none', 'normal', '""', ''].includes(style.content))
        settings.push({ element, attribute: `instance${pseudo}`, style, text: style.content.includes('counter') ? `0123456789${style.content}` : style.content })
    }
  }

  const uses = new Map<string, Omit<FontUse, 'text'> & { letters: Set<string> }>()
  for (const { element, attribute, style, text } of settings) {
    const weight = Number(style.fontWeight)
    const size = Number.parseFloat(style.fontSize)
    const stack = style.fontFamily.split(',').map(part => part.trim()).map((part) => {
      const family = part.replace(/["']/g, '')
      if (!families.includes(family))
        return part
      const [smallest, largest] = opticalSizes[family] ?? [0, 0]
      const name = `${family} ${weight} ${Math.min(Math.max(size, smallest), largest)}px`
      const use = uses.get(name) ?? { instance: name, family, weight, size, letters: new Set() }
      uses.set(name, use)
      // Capitals made by style are other letters than those in the text.
      for (const letter of style.textTransform === 'none' ? text : text + text.toUpperCase())
        use.letters.add(letter)
      return `"${name}"`
    })
    element.dataset[attribute] = stack.join(', ')
  }
  return [...uses.values()].map(({ letters, ...use }) => ({ ...use, text: `${[...letters].join('')} ` }))
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
