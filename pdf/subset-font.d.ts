/** What this project uses of subset-font, which ships no types. */
declare module 'subset-font' {
  interface Options {
    targetFormat: 'woff2' | 'truetype'
    /** Axes of a variable font, by tag, held at a value or limited; those not named remain. */
    variationAxes?: Record<string, number | { min: number, max: number }>
    /** OpenType features to keep; all by default. */
    keepFeatures?: readonly string[]
    keepAllGlyphs?: boolean
  }
  /** Cuts the glyphs of `text` out of a font. */
  export default function subsetFont(font: Uint8Array, text: string, options: Options): Promise<Uint8Array>
}
