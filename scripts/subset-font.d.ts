declare module 'subset-font' {
  /** Cuts the glyphs of `text` out of a font. */
  export default function subsetFont(font: Uint8Array, text: string, options: { targetFormat: 'woff2' }): Promise<Uint8Array>
}
