/** What a PDF says to whoever cannot see its pictures. */
import { PDFDict, PDFDocument, PDFHexString, PDFName, PDFString } from 'pdf-lib'

/** The alternative texts of all figures in a file's tags. */
export async function alternativeTexts(bytes: Uint8Array): Promise<string[]> {
  const { context } = await PDFDocument.load(bytes)
  return context.enumerateIndirectObjects().flatMap(([, object]) => object instanceof PDFDict && object.get(PDFName.of('S')) === PDFName.of('Figure') ? [object.lookup(PDFName.of('Alt'), PDFString, PDFHexString).decodeText()] : [])
}
