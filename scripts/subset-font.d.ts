declare module 'subset-font' {
  interface Options {
    targetFormat: 'woff2' | 'truetype'
    /** Value at which an axis of a variable font is held, by tag. */
    variationAxes?: Record<string, number>
    keepAllGlyphs?: boolean
  }
  /** Cuts the glyphs of `text` out of a font. */
  export default function subsetFont(font: Uint8Array, text: string, options: Options): Promise<Uint8Array>
}
