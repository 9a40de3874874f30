/**
 * The content stream of a page, as Chromium writes it: one operator a line. Read into what is drawn, so that each thing
 * drawn can be given to an element of the tag tree or be declared an artifact, which readers pass over.
 */
import type { PDFPage } from 'pdf-lib'
import { PDFArray, PDFDict, PDFName, PDFRawStream, PDFRef } from 'pdf-lib'
import { newStream, readStream } from './streams.ts'
import { markInForm } from './tree.ts'

/** A run of operators: a thing drawn (a path, a line of text, an object) or what stands between two of them. */
interface Run {
  lines: string[]
  draws: boolean
  text: boolean
  /** Number of the marked-content sequence it stands in; undefined outside of all. */
  mark?: number
}

export interface PageContent {
  runs: Run[]
  /** Numbers of the marked-content sequences that show text. */
  textMarks: Set<number>
  /** Numbers of those that draw anything. */
  drawnMarks: Set<number>
  /** Where an image stands, by the number of its sequence. */
  images: Map<number, Box>
  /** The same of what is drawn with paths; of a curve, of the points that it is led by. */
  paths: Map<number, Box>
}

/** As PDF writes it: a b c d e f. */
type Matrix = [number, number, number, number, number, number]

/** Left, bottom, right, top in points. */
type Box = [number, number, number, number]

const pathOperators = new Set(['m', 'l', 'c', 'v', 'y', 'h', 're'])
// A shading has no path.
const paintOperators = new Set(['f', 'F', 'f*', 'S', 's', 'B', 'B*', 'b', 'b*', 'sh'])

const nonBreakingSpace = /^\/Span ?<<\/ActualText <FEFF00A0> ?>> BDC$/

/** Reads the content of a page. */
export function readContent(page: PDFPage): PageContent {
  const runs: Run[] = []
  let mark: number | undefined
  let path: string[] = []
  let text: string[] | undefined
  let inSpace = false
  const images: PageContent['images'] = new Map()
  const paths: PageContent['paths'] = new Map()
  let matrix: Matrix = [1, 0, 0, 1, 0, 0]
  const saved: Matrix[] = []
  for (const line of contentLines(page)) {
    const operator = line.slice(line.lastIndexOf(' ') + 1)
    if (text) {
      // Chromium says of each non-breaking space that it is one, in a mark inside of the mark; some readers lose the rest.
      if (nonBreakingSpace.test(line))
        inSpace = true
      else if (inSpace && operator === 'EMC')
        inSpace = false
      else
        text.push(line)
      if (operator === 'ET') {
        runs.push({ lines: text, draws: true, text: true, mark })
        text = undefined
      }
    }
    else if (operator === 'BT') {
      text = [line]
    }
    else if (operator.endsWith('BDC')) {
      mark = Number(/\/MCID (\d+)/.exec(line)?.[1] ?? Number.NaN)
      if (Number.isNaN(mark))
        throw new Error(`A page’s content has a mark without a number: “${line}”.`)
    }
    else if (operator === 'EMC') {
      mark = undefined
    }
    else if (pathOperators.has(operator)) {
      path.push(line)
    }
    else if (paintOperators.has(operator)) {
      if (mark !== undefined && path.length > 0)
        paths.set(mark, around(path, matrix, paths.get(mark)))
      runs.push({ lines: [...path, line], draws: true, text: false, mark })
      path = []
    }
    else if (operator === 'Do') {
      const inside = openForm(page, line.slice(1, line.lastIndexOf(' ')))
      runs.push({ lines: [line], draws: true, text: inside.text, mark: mark ?? inside.mark })
      // What is drawn fills the unit square; Chromium turns no image.
      const [width, , , height, left, bottom] = matrix
      if (mark !== undefined)
        images.set(mark, [left, Math.min(bottom, bottom + height), left + width, Math.max(bottom, bottom + height)])
    }
    else {
      if (operator === 'q')
        saved.push(matrix)
      else if (operator === 'Q')
        matrix = saved.pop() ?? matrix
      else if (operator === 'cm')
        matrix = times(line.split(' ').slice(0, 6).map(Number) as Matrix, matrix)
      // A path that only clips draws nothing.
      runs.push({ lines: [...path, line], draws: false, text: false, mark })
      path = []
    }
  }
  endLines(page, runs.filter(run => run.text && run.lines.length > 0))
  const marksOf = (drawn: readonly Run[]) => new Set(drawn.flatMap(run => run.draws ? run.mark ?? [] : []))
  return { runs, textMarks: marksOf(runs.filter(run => run.text)), drawnMarks: marksOf(runs), images, paths }
}

/** The box of a path, together with one that is there already. */
function around(path: readonly string[], matrix: Matrix, box: Box = [Infinity, Infinity, -Infinity, -Infinity]): Box {
  const [a, b, c, d, e, f] = matrix
  for (const line of path) {
    const numbers = line.split(' ').slice(0, -1).map(Number)
    const [x = 0, y = 0, width = 0, height = 0] = numbers
    const points = line.endsWith(' re') ? [x, y, x + width, y + height] : numbers
    for (let i = 0; i + 1 < points.length; i += 2) {
      const [px = 0, py = 0] = points.slice(i, i + 2)
      const [left, bottom] = [a * px + c * py + e, b * px + d * py + f]
      box = [Math.min(box[0], left), Math.min(box[1], bottom), Math.max(box[2], left), Math.max(box[3], bottom)]
    }
  }
  return box
}

/**
 * Chromium leaves out the space at which a line was broken, and who reads by the tags would hear “thefield”. So a line
 * that does not end with a space gets one, out of sight, where its font has one.
 */
function endLines(page: PDFPage, texts: readonly Run[]): void {
  const fonts = page.node.Resources()?.lookupMaybe(PDFName.of('Font'), PDFDict)
  const spaces = new Map(fonts?.entries().map(([key, value]) => [key.decodeText(), spaceOf(page.doc.context.lookup(value))]))
  for (const [i, { lines }] of texts.entries()) {
    if (lines.at(-1) !== 'ET' || heightOf(lines) === heightOf(texts[i + 1]?.lines ?? []))
      continue
    const font = lines.findLast(line => line.endsWith(' Tf'))?.slice(1).split(' ')[0] ?? ''
    const space = spaces.get(font)
    const last = lines.findLast(line => line.endsWith('Tj')) ?? ''
    if (space && !last.endsWith(`${space}> Tj`))
      lines.splice(-1, 0, `<${space}> Tj`)
  }
}

/** First `a`, then `b`. */
function times(a: Matrix, b: Matrix): Matrix {
  return [
    a[0] * b[0] + a[1] * b[2],
    a[0] * b[1] + a[1] * b[3],
    a[2] * b[0] + a[3] * b[2],
    a[2] * b[1] + a[3] * b[3],
    a[4] * b[0] + a[5] * b[2] + b[4],
    a[4] * b[1] + a[5] * b[3] + b[5],
  ]
}

/** The height at which a run of text stands. */
function heightOf(lines: readonly string[]): string | undefined {
  return lines.find(line => line.endsWith(' Tm'))?.split(' ')[5]
}

/** The code of the space in a font of two-byte codes, if it is there. */
function spaceOf(font: unknown): string | undefined {
  const map = font instanceof PDFDict ? font.lookup(PDFName.of('ToUnicode')) : undefined
  if (!(map instanceof PDFRawStream))
    return undefined
  return /<([0-9A-F]{4})> (?:<\1> )?<0020>/i.exec(readStream(map))?.[1]
}

/**
 * Writes the content of a page again: each marked sequence ends with the last thing that it draws, and what is drawn
 * outside of all is an artifact.
 * @param tagOf type of the element that a marked sequence belongs to, and its number from now on; undefined for an artifact
 */
export function writeContent(page: PDFPage, { runs }: PageContent, tagOf: (mark: number) => { type: string, mark: number } | undefined): void {
  const first = new Map<number, number>()
  const last = new Map<number, number>()
  for (const [i, { draws, mark }] of runs.entries()) {
    if (draws && mark !== undefined) {
      first.set(mark, first.get(mark) ?? i)
      last.set(mark, i)
    }
  }

  const lines: string[] = []
  for (const [i, run] of runs.entries()) {
    if (!run.draws) {
      lines.push(...run.lines)
      continue
    }
    const tag = run.mark === undefined ? undefined : tagOf(run.mark)
    const begins = tag === undefined ? !runs[i - 1]?.draws || runs[i - 1]?.mark !== run.mark : first.get(run.mark as number) === i
    const ends = tag === undefined ? !runs[i + 1]?.draws || runs[i + 1]?.mark !== run.mark : last.get(run.mark as number) === i
    // Artifacts are many and small, and each stays within its own graphics state.
    const opening = tag === undefined ? '/Artifact BMC' : `/${tag.type} <</MCID ${tag.mark}>> BDC`
    lines.push(...(begins ? [opening] : []), ...run.lines, ...(ends ? ['EMC'] : []))
  }
  setContent(page, lines)
}

function setContent(page: PDFPage, lines: readonly string[]): void {
  const { context } = page.doc
  const stream = newStream(context, lines.join('\n'))
  const old = page.node.get(PDFName.of('Contents'))
  if (old instanceof PDFRef)
    context.assign(old, stream)
  else
    page.node.set(PDFName.of('Contents'), context.register(stream))
}

/**
 * A group that Chromium draws apart, for its opacity. Marks inside of it would have to be told apart from the page's own;
 * so they go, and the group as a whole stands under the first of them.
 */
function openForm(page: PDFPage, called: string): { text: boolean, mark?: number } {
  const { context } = page.doc
  const objects = page.node.Resources()?.lookupMaybe(PDFName.of('XObject'), PDFDict)
  const ref = objects?.get(PDFName.of(called))
  const form = context.lookup(ref)
  if (!(ref instanceof PDFRef) || !(form instanceof PDFRawStream) || form.dict.get(PDFName.of('Subtype')) !== PDFName.of('Form'))
    return { text: false }
  const lines = readStream(form).split('\n')
  const text = lines.includes('BT')
  const marks = lines.filter(line => line.endsWith('BDC'))
  if (marks.length === 0)
    return { text }
  const plain = lines.filter(line => !line.endsWith('BDC') && line !== 'EMC').join('\n')
  const stream = newStream(context, plain, Object.fromEntries(form.dict.entries()
    .map(([key, value]) => [key.decodeText(), value] as const).filter(([key]) => !['Length', 'Filter', 'StructParents'].includes(key))))
  context.assign(ref, stream)
  return { text, mark: markInForm(ref, Number(/\/MCID (\d+)/.exec(marks[0] ?? '')?.[1])) }
}

function contentLines(page: PDFPage): string[] {
  const contents = page.node.Contents()
  const streams = contents instanceof PDFArray ? contents.asArray().map(ref => page.doc.context.lookup(ref)) : [contents]
  return streams.flatMap((stream) => {
    if (!(stream instanceof PDFRawStream))
      throw new TypeError('A page’s content is not a stream as Chromium writes it.')
    return readStream(stream).split('\n').filter(Boolean)
  })
}
