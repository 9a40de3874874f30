/** What this project uses of subset-font, which ships no types. */
declare module 'subset-font' {
  export default function subsetFont(font: Uint8Array, text: string, options: {
    targetFormat: 'woff2'
    /** Axes of a variable font, pinned or limited; those not named remain. */
    variationAxes?: Record<string, number | { min: number, max: number }>
    /** OpenType features to keep; all by default. */
    keepFeatures?: readonly string[]
  }): Promise<Uint8Array>
}
