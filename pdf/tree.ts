/** The tag tree of a PDF, as it stands in the file. */
import type { PDFDocument } from 'pdf-lib'
import { PDFArray, PDFDict, PDFHexString, PDFName, PDFNumber, PDFRef, PDFString } from 'pdf-lib'

/** An element of the tag tree, with what it holds. */
export interface TagElement {
  kind: 'element'
  type: string
  dict: PDFDict
  ref: PDFRef
  parent?: TagElement
  kids: Kid[]
}

/** A marked-content sequence of a page (from 0). */
export interface Mark { kind: 'mark', page: number, mark: number }

/** An annotation: a link’s place on the page. */
export interface Annotation { kind: 'annotation', page: number, ref: PDFRef }

export type Kid = TagElement | Mark | Annotation

const name = PDFName.of

/** What stands directly in the root of the tree; nothing when there is none. */
export function readTree(pdf: PDFDocument): Kid[] {
  const root = pdf.catalog.lookupMaybe(name('StructTreeRoot'), PDFDict)
  const pageNo = new Map(pdf.getPages().map((page, i) => [page.ref.toString(), i]))
  const pageOf = (dict: PDFDict) => pageNo.get(dict.get(name('Pg'))?.toString() ?? '')

  const kidsOf = (holder: PDFDict, page: number | undefined, parent?: TagElement): Kid[] => {
    const k = holder.lookup(name('K'))
    const raw = k instanceof PDFArray ? k.asArray() : holder.has(name('K')) ? [holder.get(name('K'))] : []
    return raw.flatMap((entry): Kid[] => {
      if (entry instanceof PDFNumber)
        return page === undefined ? [] : [{ kind: 'mark', page, mark: entry.asNumber() }]
      const dict = entry instanceof PDFRef ? pdf.context.lookup(entry) : entry
      if (!(dict instanceof PDFDict))
        return []
      const own = pageOf(dict) ?? page
      const type = dict.get(name('Type'))
      if (type === name('MCR')) {
        const mark = dict.lookup(name('MCID'), PDFNumber).asNumber()
        const form = dict.get(name('Stm'))
        return own === undefined ? [] : [{ kind: 'mark', page: own, mark: form instanceof PDFRef ? markInForm(form, mark) : mark }]
      }
      if (type === name('OBJR')) {
        const ref = dict.get(name('Obj'))
        return own === undefined || !(ref instanceof PDFRef) ? [] : [{ kind: 'annotation', page: own, ref }]
      }
      const element: TagElement = { kind: 'element', type: dict.lookup(name('S'), PDFName).decodeText(), dict, ref: entry instanceof PDFRef ? entry : pdf.context.register(dict), parent, kids: [] }
      element.kids = kidsOf(dict, own, element)
      return [element]
    })
  }
  return root ? kidsOf(root, undefined) : []
}

/** An element and all below it. */
export function elements(element: TagElement): TagElement[] {
  return [element, ...element.kids.flatMap(kid => kid.kind === 'element' ? elements(kid) : [])]
}

/** The text of a PDF string; '' of anything else. */
export function textOf(value: unknown): string {
  return value instanceof PDFString || value instanceof PDFHexString ? value.decodeText() : ''
}

/** A number for a mark inside a form, which counts for itself, among those of the page. */
export function markInForm(form: PDFRef, mark: number): number {
  return (form.objectNumber + 1) * 100_000 + mark
}
