/**
 * The tag tree of a PDF that Chromium printed, made fit for readers. Chromium's tree mirrors the document's elements:
 * a chain of NonStruct for each `div`, marks around mere backgrounds, roles of PDF 2.0 in a file that is not one, and
 * things drawn that belong to nothing. Here it becomes a section a slide, with headings, paragraphs, tables, figures
 * with their words, and artifacts.
 */
import type { PDFDocument, PDFPage, PDFRef } from 'pdf-lib'
import type { PageContent } from './content.ts'
import type { Kid, TagElement } from './tree.ts'
import { PDFDict, PDFHexString, PDFName, PDFNumber } from 'pdf-lib'
import { readContent, writeContent } from './content.ts'
import { elements, readTree, textOf } from './tree.ts'

/** Where a drawing stands on its page (from 0), in CSS pixels from the top left. */
export interface Drawing { page: number, alt: string, left: number, top: number, right: number, bottom: number }

const name = PDFName.of
const pointsPerPixel = 0.75

/** Types that hold lines of text: no paragraph stands inside them. */
const lineTypes = new Set(['P', 'H1', 'H2', 'H3', 'H4', 'Caption', 'Link', 'Span', 'Code', 'Quote', 'Lbl'])
/** Types that stand in a line of text. */
const inlineTypes = new Set(['Span', 'Link', 'Code', 'Quote'])
/** Roles that a PDF 1.7 does not know, and what they are there. */
const olderRoles: Record<string, string> = { Em: 'Span', Strong: 'Span', Sub: 'Span', Aside: 'Div', Article: 'Sect', Art: 'Sect' }

/**
 * Puts the tag tree and the marks on the pages in order.
 * @param pdf a document as Chromium prints it
 * @param options.drawings where its figures stand, by page and alternative text
 * @param options.titles title of each section that stands directly in the document, in order
 */
export function tidyTags(pdf: PDFDocument, { drawings = [], titles = [] }: { drawings?: readonly Drawing[], titles?: readonly string[] } = {}): void {
  const root = pdf.catalog.lookup(name('StructTreeRoot'), PDFDict)
  const pages = pdf.getPages()
  const contents = pages.map(readContent)

  const top = readTree(pdf)
  const document = top[0]
  if (top.length !== 1 || document?.kind !== 'element' || document.type !== 'Document')
    throw new Error('The tag tree does not begin with one Document.')

  for (const element of elements(document))
    element.type = olderRoles[element.type] ?? element.type
  dropUndrawn(document, contents)
  document.kids = simplify(document)
  document.kids.forEach((kid, i) => {
    const title = titles[i]
    if (kid.kind === 'element' && title !== undefined)
      kid.dict.set(name('T'), PDFHexString.fromText(title))
  })
  for (const figure of elements(document).filter(({ type }) => type === 'Figure'))
    placeFigure(figure, pages, contents, drawings)
  writeTree(pdf, root, document, pages, contents)
}

/** Marks that draw nothing, or nothing but boxes and lines, are no content; in a figure they are. */
function dropUndrawn(element: TagElement, contents: readonly PageContent[]): void {
  element.kids = element.kids.filter((kid) => {
    if (kid.kind !== 'mark')
      return true
    const content = contents[kid.page]
    return element.type === 'Figure' ? content?.drawnMarks.has(kid.mark) : content?.textMarks.has(kid.mark)
  })
  for (const kid of element.kids) {
    if (kid.kind === 'element')
      dropUndrawn(kid, contents)
  }
}

/** The kids of an element without the chains that mean nothing. */
function simplify(element: TagElement): Kid[] {
  const kids = element.kids.flatMap((kid): Kid[] => {
    if (kid.kind !== 'element')
      return [kid]
    kid.kids = simplify(kid)
    if (kid.type === 'NonStruct') {
      if (kid.kids.length === 0)
        return []
      if (kid.kids.some(({ kind }) => kind !== 'element'))
        kid.type = 'Span'
      else if (kid.kids.every(isInline))
        kid.type = 'P'
      else
        return kid.kids
    }
    if (isFrame(kid)) {
      kid.type = 'Div'
      kid.dict.delete(name('Alt'))
    }
    // Where a link leads to a place that is not in the file, the words stay.
    if (kid.type === 'Link' && !kid.kids.some(({ kind }) => kind === 'annotation'))
      kid.type = 'Span'
    if (kid.kids.length === 0 && !['TD', 'TH'].includes(kid.type))
      return []
    return [kid]
  })
  return settle(element, kids)
}

/** Puts kids where the element's type can hold them. */
function settle(element: TagElement, kids: Kid[]): Kid[] {
  const type = isFrame(element) ? 'Div' : element.type
  if (lineTypes.has(type))
    return kids.flatMap(kid => kid.kind === 'element' && kid.type === 'P' ? kid.kids : [kid])
  if (type === 'LI' && !kids.some(kid => kid.kind === 'element' && kid.type === 'LBody')) {
    const label = kids.filter(kid => kid.kind === 'element' && kid.type === 'Lbl')
    return [...label, newElement(element, 'LBody', kids.filter(kid => !label.includes(kid)))]
  }
  for (const kid of kids) {
    if (kid.kind === 'element' && kid.type === 'Caption' && !['Figure', 'Table'].includes(type))
      kid.type = 'P'
  }
  // Text that stands among blocks is a paragraph: one for each run of it.
  const blocks: Kid[] = []
  const holdsText = ['TD', 'TH', 'LBody', 'Figure', 'NonStruct', 'TOCI'].includes(type)
  for (const kid of kids) {
    const last = blocks.at(-1)
    if (holdsText || !isInline(kid))
      blocks.push(kid)
    else if (last?.kind === 'element' && made.has(last))
      last.kids.push(kid)
    else
      blocks.push(newElement(element, 'P', [kid]))
  }
  return blocks
}

/** Whether an element frames a figure, or a table, and is none itself: only what is drawn in it is a figure. */
function isFrame(element: TagElement): boolean {
  return element.type === 'Figure' && !element.kids.some(({ kind }) => kind === 'mark')
}

/** Elements that Chromium's tree did not have. */
const made = new WeakSet<TagElement>()

function newElement(parent: TagElement, type: string, kids: Kid[]): TagElement {
  const { context } = parent.dict
  const dict = context.obj({ Type: 'StructElem', S: type })
  const element: TagElement = { kind: 'element', type, dict, ref: context.register(dict), kids }
  made.add(element)
  return element
}

function isInline(kid: Kid): boolean {
  return kid.kind !== 'element' || inlineTypes.has(kid.type)
}

/** A figure says where on the page it stands. */
function placeFigure(figure: TagElement, pages: readonly PDFPage[], contents: readonly PageContent[], drawings: readonly Drawing[]): void {
  const text = textOf(figure.dict.lookup(name('Alt')))
  const at = figure.kids.find(kid => kid.kind === 'mark')
  const box = drawings.find(box => box.page === at?.page && box.alt === text)
  const image = at?.kind === 'mark' ? contents[at.page]?.images.get(at.mark) : undefined
  // A drawing in flowing text has no place that is known before: what it is drawn with says where it stands.
  const drawn = figure.kids.flatMap(kid => kid.kind === 'mark' && kid.page === at?.page ? contents[kid.page]?.paths.get(kid.mark) ?? [] : [])
  const corner = (side: 0 | 1 | 2 | 3) => drawn.filter((_, i) => i % 4 === side)
  const paths = drawn.length > 0 ? [Math.min(...corner(0)), Math.min(...corner(1)), Math.max(...corner(2)), Math.max(...corner(3))] : undefined
  const height = pages[box?.page ?? 0]?.getHeight() ?? 0
  const place = box ? [box.left * pointsPerPixel, height - box.bottom * pointsPerPixel, box.right * pointsPerPixel, height - box.top * pointsPerPixel] : image ?? paths
  if (!place)
    return
  figure.dict.set(name('A'), figure.dict.context.obj({ O: 'Layout', Placement: 'Block', BBox: place }))
}

/** Writes tree, marks and the way back from each mark to its element. */
function writeTree(pdf: PDFDocument, root: PDFDict, document: TagElement, pages: readonly PDFPage[], contents: readonly PageContent[]): void {
  const { context } = pdf
  // By page: the owner of each mark and the number it gets, from 0 on without gaps.
  const owners = pages.map(() => new Map<number, { owner: TagElement, mark: number }>())
  const linked: { annotation: PDFDict, owner: TagElement }[] = []

  const write = (element: TagElement, parent: PDFRef): void => {
    element.dict.set(name('S'), name(element.type))
    element.dict.set(name('P'), parent)
    const kids = context.obj([])
    for (const kid of element.kids) {
      const page = kid.kind === 'element' ? undefined : pages[kid.page]?.ref
      if (kid.kind === 'element') {
        write(kid, element.ref)
        kids.push(kid.ref)
      }
      else if (kid.kind === 'mark' && page) {
        const owned = owners[kid.page]
        const mark = owned?.size ?? 0
        owned?.set(kid.mark, { owner: element, mark })
        kids.push(context.obj({ Type: 'MCR', Pg: page, MCID: mark }))
      }
      else if (kid.kind === 'annotation' && page) {
        const annotation = context.lookup(kid.ref, PDFDict)
        linked.push({ annotation, owner: element })
        kids.push(context.obj({ Type: 'OBJR', Pg: page, Obj: kid.ref }))
      }
    }
    if (kids.size() > 0)
      element.dict.set(name('K'), kids)
    else
      element.dict.delete(name('K'))
  }
  write(document, pdf.catalog.get(name('StructTreeRoot')) as PDFRef)
  root.set(name('K'), context.obj([document.ref]))

  const numbers = context.obj([])
  for (const [i, page] of pages.entries()) {
    const content = contents[i]
    const owned = owners[i]
    if (!content || !owned)
      continue
    page.node.set(name('StructParents'), PDFNumber.of(i))
    page.node.set(name('Tabs'), name('S'))
    numbers.push(PDFNumber.of(i))
    numbers.push(context.obj([...owned.values()].map(({ owner }) => owner.ref)))
    writeContent(page, content, (mark) => {
      const known = owned.get(mark)
      return known && { type: known.owner.type, mark: known.mark }
    })
  }
  for (const [i, { annotation, owner }] of linked.entries()) {
    annotation.set(name('StructParent'), PDFNumber.of(pages.length + i))
    numbers.push(PDFNumber.of(pages.length + i))
    numbers.push(owner.ref)
  }
  root.set(name('ParentTree'), context.register(context.obj({ Nums: numbers })))
  root.set(name('ParentTreeNextKey'), PDFNumber.of(pages.length + linked.length))
}
