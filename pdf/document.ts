/** What makes a printed file a document: what it says of itself, its outline, its links. */
import type { PDFDocument } from 'pdf-lib'
import { PDFArray, PDFDict, PDFHexString, PDFName, PDFNumber, PDFRef, PDFStream, PDFString } from 'pdf-lib'

/** What a reader is told about the file. */
export interface PdfDetails {
  title: string
  author: string
  subject: string
  /** As BCP 47 has it: `en`, `de-AT`. */
  language: string
  /** What the file claims to be, if anything: only `checkPdf` says whether it is. */
  claim?: 'PDF/UA-1'
}

/** An entry of the outline. */
export interface OutlineEntry {
  title: string
  /** Page it leads to, from 0. */
  page: number
  below: OutlineEntry[]
}

const name = PDFName.of

/** Writes title, author, subject and language where readers look for them, in the old way and in XMP. */
export function describe(pdf: PDFDocument, details: PdfDetails): void {
  pdf.setTitle(details.title, { showInWindowTitleBar: true })
  pdf.setAuthor(details.author)
  pdf.setSubject(details.subject)
  pdf.setLanguage(details.language)
  pdf.setCreator('Slidev')
  pdf.setProducer('Chromium, pdf-lib')
  const [title, author, subject] = [details.title, details.author, details.subject].map(escapeXml)
  const made = (pdf.getCreationDate() ?? new Date()).toISOString()
  const xmp = `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>${author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">${subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>${details.language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>${made}</xmp:CreateDate>
${details.claim ? '<pdfuaid:part>1</pdfuaid:part>\n' : ''}</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>`
  // Readers look for it as plain text, so it stays uncompressed.
  const metadata = pdf.context.stream(Buffer.from(xmp, 'utf8'), { Type: 'Metadata', Subtype: 'XML' })
  pdf.catalog.set(name('Metadata'), pdf.context.register(metadata))
}

function escapeXml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}

/** Replaces the outline. */
export function setOutline(pdf: PDFDocument, entries: readonly OutlineEntry[]): void {
  const { context } = pdf
  const pages = pdf.getPages()
  const root = context.nextRef()
  const write = (entries: readonly OutlineEntry[], parent: PDFRef): { first: PDFRef, last: PDFRef, count: number } | undefined => {
    const refs = entries.map(() => context.nextRef())
    let count = 0
    for (const [i, { title, page, below }] of entries.entries()) {
      const target = pages[page]
      if (!target)
        throw new RangeError(`The outline’s “${title}” leads to page ${page + 1}; the file has ${pages.length}.`)
      const ref = refs[i] as PDFRef
      const lower = write(below, ref)
      const item = context.obj({ Title: PDFHexString.fromText(title), Parent: parent, Dest: [target.ref, name('Fit')] })
      if (refs[i - 1])
        item.set(name('Prev'), refs[i - 1] as PDFRef)
      if (refs[i + 1])
        item.set(name('Next'), refs[i + 1] as PDFRef)
      if (lower) {
        item.set(name('First'), lower.first)
        item.set(name('Last'), lower.last)
        item.set(name('Count'), PDFNumber.of(lower.count))
      }
      context.assign(ref, item)
      count += 1 + (lower?.count ?? 0)
    }
    const [first, last] = [refs[0], refs.at(-1)]
    return first && last && { first, last, count }
  }
  const written = write(entries, root)
  if (!written)
    throw new RangeError('An outline needs at least one entry.')
  context.assign(root, context.obj({ Type: 'Outlines', First: written.first, Last: written.last, Count: written.count }))
  pdf.catalog.set(name('Outlines'), root)
}

/** Where a link leads: out of the file, or to a place in it. */
export type LinkTarget
  /** `words` are those of the link. */
  = | { address: string, words: string }
  /** `place` is what the place is called, if that is known. */
    | { address?: undefined, place?: string }

/**
 * Gives every link words for those who cannot see it.
 * @param names what links out of the file are called, by address
 * @param places what the places in the file are called, by the name that its links lead to
 */
export function nameLinks(pdf: PDFDocument, names: Record<string, string>, places: Record<string, string>, nameLink = nameInEnglish): void {
  for (const page of pdf.getPages()) {
    for (const annotation of page.node.Annots()?.asArray().map(ref => pdf.context.lookup(ref)) ?? []) {
      if (!(annotation instanceof PDFDict) || annotation.get(name('Subtype')) !== name('Link'))
        continue
      const action = annotation.lookup(name('A'))
      const uri = action instanceof PDFDict ? action.lookup(name('URI')) : undefined
      const address = uri instanceof PDFString || uri instanceof PDFHexString ? uri.decodeText() : ''
      const place = annotation.lookup(name('Dest'))
      const target = address
        ? { address, words: names[address] ?? '' }
        : { place: place instanceof PDFName ? places[place.decodeText()] : undefined }
      annotation.set(name('Contents'), PDFHexString.fromText(nameLink(target)))
    }
  }
}

function nameInEnglish(link: LinkTarget): string {
  if (link.address === undefined)
    return `to ${link.place ?? 'another page of this file'}`
  return link.words && !link.address.includes(link.words) ? `${link.words}: ${link.address}` : link.address
}

/** Leaves out what nothing in the file refers to any more. */
export function dropUnused(pdf: PDFDocument): void {
  const { context } = pdf
  const used = new Set<string>()
  const waiting: unknown[] = [context.trailerInfo.Root, context.trailerInfo.Info]
  while (waiting.length > 0) {
    const object = waiting.pop()
    if (object instanceof PDFRef) {
      if (!used.has(object.toString())) {
        used.add(object.toString())
        waiting.push(context.lookup(object))
      }
    }
    else if (object instanceof PDFArray) {
      waiting.push(...object.asArray())
    }
    else if (object instanceof PDFDict) {
      waiting.push(...object.values())
    }
    else if (object instanceof PDFStream) {
      waiting.push(object.dict)
    }
  }
  for (const [ref] of context.enumerateIndirectObjects()) {
    if (!used.has(ref.toString()))
      context.delete(ref)
  }
}
