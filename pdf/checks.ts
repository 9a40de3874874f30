/**
 * The checks of PDF/UA-1 (ISO 14289-1) that a program can make, by the numbers of the Matterhorn Protocol, on a finished
 * file: structure with pdf-lib, marks on the pages with PDF.js, neither of which wrote them. No packaged checker is to be
 * had without a Java machine. What a program cannot judge (whether an alternative text says the right thing, whether the
 * order makes sense) stays with whoever reads the file.
 */
import type { PdfContents } from './read.ts'
import type { TagElement } from './tree.ts'
import { PDFArray, PDFBool, PDFDict, PDFDocument, PDFName, PDFRawStream, PDFRef } from 'pdf-lib'
import { readPdf } from './read.ts'
import { elements, readTree, textOf } from './tree.ts'

export interface Check {
  /** Checkpoint of the Matterhorn Protocol. */
  no: string
  /** What holds, as a sentence. */
  rule: string
  /** What speaks against it; empty when it holds. */
  faults: string[]
}

const name = PDFName.of

/** Structure types of PDF 1.7. */
const knownTypes = new Set(['Document', 'Part', 'Art', 'Sect', 'Div', 'BlockQuote', 'Caption', 'TOC', 'TOCI', 'Index', 'NonStruct', 'Private', 'P', 'H', 'H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'L', 'LI', 'Lbl', 'LBody', 'Table', 'TR', 'TH', 'TD', 'THead', 'TBody', 'TFoot', 'Span', 'Quote', 'Note', 'Reference', 'BibEntry', 'Code', 'Link', 'Annot', 'Ruby', 'Warichu', 'Figure', 'Formula', 'Form'])

/** What each of these types must stand in, or hold. */
const parents: Record<string, string[]> = { TR: ['Table', 'THead', 'TBody', 'TFoot'], TH: ['TR'], TD: ['TR'], LI: ['L'], LBody: ['LI'], THead: ['Table'], TBody: ['Table'] }
const allowedKids: Record<string, string[]> = { Table: ['TR', 'THead', 'TBody', 'TFoot', 'Caption'], TR: ['TH', 'TD'], L: ['LI', 'Caption'], LI: ['Lbl', 'LBody'] }

/**
 * Checks a finished file.
 * @param contents what readPdf() says of it, where that is known already
 */
export async function checkPdf(bytes: Uint8Array, contents?: PdfContents): Promise<Check[]> {
  const pdf = await PDFDocument.load(bytes, { updateMetadata: false })
  const { catalog } = pdf
  const top = readTree(pdf)
  const all = top.flatMap(kid => kid.kind === 'element' ? elements(kid) : [])
  const { marks, stray } = contents ?? await readPdf(bytes)
  const owned = new Set(all.flatMap(contentOf))
  const xmp = catalog.lookup(name('Metadata'))
  const metadata = xmp instanceof PDFRawStream ? Buffer.from(xmp.contents).toString('utf8') : ''
  const checks: Check[] = []
  const check = (no: string, rule: string, faults: string[]) => checks.push({ no, rule, faults: [...new Set(faults)] })
  const unless = (holds: unknown, fault: string) => holds ? [] : [fault]

  check('01', 'everything drawn is either tagged or an artifact', [...stray, ...marks.filter(mark => !owned.has(mark)).map(mark => `mark ${mark} belongs to no element`)])
  check('01-006', 'the tag tree refers to marks that exist', [...owned].filter(mark => !mark.startsWith('annotation') && !marks.includes(mark)).map(mark => `there is no mark ${mark}`))
  check('02', 'every structure type is a standard one', all.filter(({ type }) => !knownTypes.has(type)).map(({ type }) => type))
  check('06', 'XMP metadata hold the title and the claim to be PDF/UA', [...unless(/<dc:title>.*<rdf:li[^>]*>[^<]/s.test(metadata), 'no dc:title'), ...unless(metadata.includes('<pdfuaid:part>1<'), 'no pdfuaid:part')])
  check('07', 'the window shows the title', unless(catalog.lookupMaybe(name('ViewerPreferences'), PDFDict)?.lookup(name('DisplayDocTitle')) === PDFBool.True, 'no DisplayDocTitle'))
  check('09', 'tables and lists are built of their parts', all.flatMap(nesting))
  check('11', 'the file says its language', unless(textOf(catalog.lookup(name('Lang'))), 'no Lang'))
  check('13', 'figures have alternative text and say where they stand', all.filter(({ type }) => type === 'Figure').flatMap(({ dict }) => [
    ...unless(textOf(dict.lookup(name('Alt'))).trim() || textOf(dict.lookup(name('ActualText'))).trim(), 'a figure has no alternative text'),
    ...unless(dict.lookupMaybe(name('A'), PDFDict)?.has(name('BBox')), `the figure “${textOf(dict.lookup(name('Alt'))).slice(0, 40)}” has no place`),
  ]))
  check('14', 'headings begin with the first level and skip none', headings(all))
  check('15', 'tables have headers with a scope', all.filter(({ type }) => type === 'Table').flatMap(table => headers(table)))
  check('20', 'no optional content hides anything', unless(!catalog.has(name('OCProperties')), 'optional content'))
  check('25', 'there is no dynamic form', unless(!catalog.lookupMaybe(name('AcroForm'), PDFDict)?.has(name('XFA')), 'an XFA form'))
  check('26', 'nothing keeps assistive technology out', unless(!pdf.isEncrypted, 'the file is encrypted'))
  check('28', 'links are tagged, have words and follow the order of the tags', annotations(pdf, all))
  check('31', 'fonts are embedded and map to Unicode', fonts(pdf))
  check('—', 'the file is marked as tagged', [...unless(catalog.lookupMaybe(name('MarkInfo'), PDFDict)?.lookup(name('Marked')) === PDFBool.True, 'not Marked'), ...unless(top.length > 0, 'no tag tree')])
  return checks
}

/** Marked sequences and annotations that an element holds itself, as “page:number” and “annotation n”. */
function contentOf({ kids }: TagElement): string[] {
  return kids.flatMap(kid => kid.kind === 'mark' ? [`${kid.page}:${kid.mark}`] : kid.kind === 'annotation' ? [`annotation ${kid.ref}`] : [])
}

const elementsIn = ({ kids }: TagElement) => kids.filter(kid => kid.kind === 'element')

function nesting(element: TagElement): string[] {
  const { type, parent } = element
  const wanted = parents[type]
  const allowed = allowedKids[type]
  return [
    ...wanted && !wanted.includes(parent?.type ?? '') ? [`${type} in ${parent?.type ?? 'nothing'}`] : [],
    ...allowed ? elementsIn(element).filter(kid => !allowed.includes(kid.type)).map(kid => `${kid.type} in ${type}`) : [],
    ...allowed && contentOf(element).length > 0 ? [`content directly in ${type}`] : [],
  ]
}

function headings(all: readonly TagElement[]): string[] {
  const levels = all.flatMap(({ type }) => /^H(\d)$/.exec(type)?.[1] ?? []).map(Number)
  return [
    ...levels.length === 0 || levels[0] !== 1 ? [`the first heading is of level ${levels[0] ?? 'none'}`] : [],
    ...levels.flatMap((level, i) => level > (levels[i - 1] ?? 0) + 1 ? [`level ${level} follows level ${levels[i - 1]}`] : []),
  ]
}

function headers(table: TagElement): string[] {
  const cells = (element: TagElement): TagElement[] => elementsIn(element).flatMap(kid => kid.type === 'Table' ? [kid] : [kid, ...cells(kid)])
  const heads = cells(table).filter(({ type }) => type === 'TH')
  const scoped = (head: TagElement) => {
    const a = head.dict.lookup(name('A'))
    const attributes = a instanceof PDFArray ? a.asArray().map(entry => entry instanceof PDFRef ? table.dict.context.lookup(entry) : entry) : [a]
    return attributes.some(attribute => attribute instanceof PDFDict && attribute.has(name('Scope')))
  }
  return [...heads.length === 0 ? ['a table has no header'] : [], ...heads.filter(head => !scoped(head)).map(() => 'a header has no scope')]
}

function annotations(pdf: PDFDocument, all: readonly TagElement[]): string[] {
  const tagged = new Map(all.flatMap(element => contentOf(element).filter(entry => entry.startsWith('annotation')).map(entry => [entry.slice(11), element.type] as const)))
  return pdf.getPages().flatMap((page, i) => {
    const refs = page.node.Annots()?.asArray() ?? []
    return [
      ...refs.length > 0 && page.node.get(name('Tabs')) !== name('S') ? [`page ${i + 1}: tab order is not that of the tags`] : [],
      ...refs.flatMap((ref) => {
        const annotation = pdf.context.lookup(ref, PDFDict)
        return [
          ...tagged.get(ref.toString()) !== 'Link' ? [`page ${i + 1}: a link is not tagged as one`] : [],
          ...!textOf(annotation.lookup(name('Contents'))) ? [`page ${i + 1}: a link has no words`] : [],
          ...!annotation.has(name('StructParent')) ? [`page ${i + 1}: a link does not know its tag`] : [],
        ]
      }),
    ]
  })
}

function fonts(pdf: PDFDocument): string[] {
  return pdf.context.enumerateIndirectObjects().flatMap(([, font]) => {
    if (!(font instanceof PDFDict) || font.get(name('Type')) !== name('Font') || font.has(name('CIDSystemInfo')))
      return []
    const called = String(font.get(name('BaseFont')) ?? font.get(name('Subtype')))
    const descendant = font.lookupMaybe(name('DescendantFonts'), PDFArray)?.lookup(0, PDFDict) ?? font
    const descriptor = descendant.lookupMaybe(name('FontDescriptor'), PDFDict)
    const embedded = ['FontFile', 'FontFile2', 'FontFile3'].some(key => descriptor?.has(name(key)))
    return [
      ...font.get(name('Subtype')) === name('Type3') ? [`a Type 3 font (${called})`] : embedded ? [] : [`${called} is not embedded`],
      ...font.has(name('ToUnicode')) ? [] : [`${called} does not map to Unicode`],
    ]
  })
}
