/**
 * Halos of labels. Chromium puts the outline that a label is stroked with into the file as text of its own, in a Type 3
 * font, just before the label: who searches or copies finds the words twice. Here the halo becomes what it is, a drawing.
 */
import type { PDFPage, PDFRef } from 'pdf-lib'
import { PDFArray, PDFDict, PDFName, PDFNumber, PDFRawStream } from 'pdf-lib'
import { newStream, readStream } from './streams.ts'

/** As PDF writes it: a b c d e f. */
export type Matrix = [number, number, number, number, number, number]

interface Type3 {
  /** Names of its glyphs' forms among the page's resources, by code; made when first drawn. */
  form: (code: number) => string | undefined
  /** Advance of a code, in text space at size 1. */
  advance: (code: number) => number
}

const name = PDFName.of

/** Draws the Type 3 text of a page as paths; returns its operators, and takes the fonts from the page. */
export function outlineHalos(page: PDFPage, lines: readonly string[]): string[] {
  const resources = page.node.Resources()
  const fonts = resources?.lookupMaybe(name('Font'), PDFDict)
  const type3 = new Map<string, Type3>()
  for (const [key, value] of fonts?.entries() ?? []) {
    const font = page.doc.context.lookup(value)
    if (font instanceof PDFDict && font.get(name('Subtype')) === name('Type3') && resources) {
      type3.set(key.decodeText(), readType3(page, resources, font, value.toString()))
      fonts?.delete(key)
    }
  }
  if (type3.size === 0)
    return [...lines]

  const result: string[] = []
  for (let i = 0; i < lines.length; i++) {
    const end = lines[i] === 'BT' ? lines.indexOf('ET', i) : -1
    if (end < 0) {
      result.push(lines[i] as string)
      continue
    }
    result.push(...outlineText(lines.slice(i, end + 1), type3))
    i = end
  }
  return result
}

/** One text object: what is set in Type 3 becomes a drawing, the rest stays. */
function outlineText(lines: string[], fonts: Map<string, Type3>): string[] {
  const drawn: string[] = []
  const kept: string[] = []
  let font: Type3 | undefined
  let size = 0
  let matrix: Matrix = [1, 0, 0, 1, 0, 0]
  let [x, y] = [0, 0]
  let shown = false
  for (const line of lines) {
    // Several operators may share a line: moving, then showing.
    const moved = /^(\S+) (\S+) Td ?/.exec(line)
    if (moved) {
      x += Number(moved[1])
      y += Number(moved[2])
    }
    const set = /^\/(\S+) (\S+) Tf$/.exec(line)
    if (set) {
      font = fonts.get(set[1] ?? '')
      size = Number(set[2])
      if (!font)
        kept.push(line)
      continue
    }
    const placed = /^(\S+ \S+ \S+ \S+ \S+ \S+) Tm$/.exec(line)
    if (placed) {
      matrix = (placed[1] ?? '').split(' ').map(Number) as Matrix
      x = y = 0
    }
    const rest = moved ? line.slice(moved[0].length) : line
    if (!font || !rest.endsWith(' Tj')) {
      kept.push(line)
      shown ||= line.endsWith('Tj')
      continue
    }
    if (moved)
      kept.push(`${moved[1]} ${moved[2]} Td`)
    let pen = x
    for (const code of codesOf(rest.slice(0, -3))) {
      const form = font.form(code)
      if (form) {
        const at = [size, 0, 0, size, pen, y] as Matrix
        drawn.push('q', `${times(at, matrix).map(number).join(' ')} cm`, `/${form} Do`, 'Q')
      }
      pen += font.advance(code) * size
    }
  }
  return shown ? [...drawn, ...kept] : drawn
}

/** The codes of a PDF string of one-byte characters. */
function codesOf(string: string): number[] {
  if (string.startsWith('<'))
    return (string.slice(1, -1).match(/../g) ?? []).map(pair => Number.parseInt(pair, 16))
  const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }
  const plain = string.slice(1, -1).replace(/\\([0-7]{1,3}|.)/gs, (_, what: string) =>
    /^[0-7]/.test(what) ? String.fromCharCode(Number.parseInt(what, 8)) : escapes[what] ?? what)
  return [...plain].map(letter => letter.charCodeAt(0))
}

/** First `a`, then `b`. */
export function times(a: Matrix, b: Matrix): Matrix {
  return [
    a[0] * b[0] + a[1] * b[2],
    a[0] * b[1] + a[1] * b[3],
    a[2] * b[0] + a[3] * b[2],
    a[2] * b[1] + a[3] * b[3],
    a[4] * b[0] + a[5] * b[2] + b[4],
    a[4] * b[1] + a[5] * b[3] + b[5],
  ]
}

function number(value: number): string {
  return String(Number(value.toFixed(5)))
}

/** Forms of glyphs, by font and code: pages share them. */
const forms = new WeakMap<object, Map<string, PDFRef>>()

function readType3(page: PDFPage, resources: PDFDict, font: PDFDict, id: string): Type3 {
  const { context } = page.doc
  const cache = forms.get(context) ?? new Map<string, PDFRef>()
  forms.set(context, cache)
  const numbers = (key: string) => font.lookup(name(key), PDFArray).asArray().map(entry => entry instanceof PDFNumber ? entry.asNumber() : 0)
  const matrix = numbers('FontMatrix')
  const widths = numbers('Widths')
  const first = font.lookup(name('FirstChar'), PDFNumber).asNumber()
  const glyphs = font.lookup(name('CharProcs'), PDFDict)
  const glyphOf = new Map<number, PDFName>()
  let code = 0
  for (const entry of font.lookup(name('Encoding'), PDFDict).lookup(name('Differences'), PDFArray).asArray()) {
    if (entry instanceof PDFNumber)
      code = entry.asNumber()
    else if (entry instanceof PDFName)
      glyphOf.set(code++, entry)
  }

  return {
    advance: code => (widths[code - first] ?? 0) * (matrix[0] ?? 0),
    form(code) {
      const key = `Halo${id.replace(/\D/g, '')}x${code.toString(16)}`
      let ref = cache.get(key)
      if (!ref) {
        const glyph = glyphOf.get(code)
        const stream = glyph && glyphs.lookup(glyph)
        if (!(stream instanceof PDFRawStream))
          return undefined
        const lines = readStream(stream).split('\n').filter(Boolean)
        const measure = lines.find(line => line.endsWith(' d1'))
        const box = measure?.split(' ').slice(2, 6).map(Number)
        const path = lines.filter(line => line !== measure && !line.endsWith(' d0'))
        if (!box || path.length === 0)
          return undefined
        ref = context.register(newStream(context, path.join('\n'), { Type: 'XObject', Subtype: 'Form', BBox: box, Matrix: matrix, Resources: {} }))
        cache.set(key, ref)
      }
      const objects = resources.lookupMaybe(name('XObject'), PDFDict) ?? context.obj({})
      objects.set(name(key), ref)
      resources.set(name('XObject'), objects)
      return key
    },
  }
}
