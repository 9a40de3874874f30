/** Streams of a PDF as text and back, by the zlib of Node.js, which is faster than the one in pdf-lib. */
import type { PDFContext, PDFObject } from 'pdf-lib'
import { deflateSync, inflateSync } from 'node:zlib'
import { decodePDFRawStream, PDFName, PDFRawStream } from 'pdf-lib'

/** What stands in a stream, one character a byte. */
export function readStream(stream: PDFRawStream): string {
  const plain = stream.dict.get(PDFName.of('Filter')) === PDFName.of('FlateDecode') && !stream.dict.has(PDFName.of('DecodeParms'))
  const bytes = plain ? inflateSync(stream.contents) : decodePDFRawStream(stream).decode()
  return Buffer.from(bytes).toString('latin1')
}

/** A compressed stream, not yet part of the document. */
export function newStream(context: PDFContext, text: string, entries: Record<string, PDFObject | string | number | number[] | object> = {}): PDFRawStream {
  const bytes = deflateSync(Buffer.from(text, 'latin1'))
  return PDFRawStream.of(context.obj({ ...entries as Record<string, PDFObject>, Filter: 'FlateDecode', Length: bytes.length }), bytes)
}
