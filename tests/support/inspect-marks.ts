/**
 * How far the marks of a slide's drawings stand out from the paper, as they are painted: colour, opacity and all. Runs in the
 * page, so it may use nothing from outside. A mark is a shape with a stroke or a fill; it stands out as far as the stronger.
 */

/** Shapes of one look: what they are, and the contrast of that look against the paper, by the formula of WCAG. */
export interface MarkContrast {
  /** Tag and classes, with those of the nearest group that has any: "g.axis line.grid". */
  mark: string
  contrast: number
}

/**
 * Shapes that may be faint: they order the page, or lie as a ground under marks that stand out, and what they say stands in
 * the caption, a label or the table as well. A shape that is not named here is a mark.
 */
export const grounds: readonly RegExp[] = [
  /\.grid$/, // hairlines of the axes
  /line\.(?:rule|between)$/, // between parts of a figure
  /rect(?:\.\w+)*\.(?:window|ground|blank)$/, // shaded regions, and the cells of a mask or a map that are empty
  /path\.(?:band|interval)\b/, // 10–90 % bands and intervals around a line
  /rect\.grip$/, // where a hand may take the line, unseen
  /\.halo$/,
  /^svg\.heat-map path$/, // a scale of ink, from none to full
  /line\.(?:hair|seeds)\b/, // single seeds under their median
]

/** The looks of all marks on the slide of that number. */
export function inspectMarks(no: number): MarkContrast[] {
  type Colour = [number, number, number, number]

  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  const parsed = new Map<string, Colour>()
  const parse = (css: string): Colour => {
    let colour = parsed.get(css)
    if (!colour && canvas) {
      canvas.clearRect(0, 0, 1, 1)
      canvas.fillStyle = css
      canvas.fillRect(0, 0, 1, 1)
      const [r = 0, g = 0, b = 0, a = 0] = canvas.getImageData(0, 0, 1, 1).data
      colour = [r, g, b, a / 255]
      parsed.set(css, colour)
    }
    return colour ?? [0, 0, 0, 0]
  }
  const luminance = (rgb: readonly number[]): number => {
    const [r = 0, g = 0, b = 0] = rgb.map(value => value / 255).map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const contrast = (a: readonly number[], b: readonly number[]): number => {
    const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((one, other) => other - one)
    return (light + 0.05) / (dark + 0.05)
  }

  const page = document.querySelector<HTMLElement>(`.slidev-page-${no}`)
  const paper = parse(getComputedStyle(document.documentElement).getPropertyValue('--paper').trim()).slice(0, 3)
  const found = new Map<string, number>()
  for (const shape of page?.querySelectorAll<SVGGeometryElement>('svg :is(path, circle, line, rect)') ?? []) {
    const box = shape.getBoundingClientRect()
    if (shape.closest('defs') || (box.width === 0 && box.height === 0))
      continue
    let opacity = 1
    for (let element: Element | null = shape; element && element !== page; element = element.parentElement)
      opacity *= Number(getComputedStyle(element).opacity)
    if (opacity === 0 || !shape.checkVisibility({ visibilityProperty: true }))
      continue

    const style = getComputedStyle(shape)
    const seen = (paint: string, paintOpacity: string): number => {
      if (paint === 'none')
        return 1
      // A pattern or a gradient is judged by eye.
      if (paint.startsWith('url('))
        return Number.POSITIVE_INFINITY
      const [r, g, b, a] = parse(paint)
      const strength = a * opacity * Number(paintOpacity)
      return contrast([r, g, b].map((value, i) => value * strength + (paper[i] ?? 0) * (1 - strength)), paper)
    }
    const strokeWidth = Number.parseFloat(style.strokeWidth)
    const filled = shape instanceof SVGLineElement ? 1 : seen(style.fill, style.fillOpacity)
    const best = Math.max(filled, strokeWidth > 0 ? seen(style.stroke, style.strokeOpacity) : 1)
    const name = (element: Element): string => [element.tagName, ...element.classList].join('.')
    const group = shape.parentElement?.closest('svg [class], svg')
    const mark = `${group ? `${name(group)} ` : ''}${name(shape)}`
    found.set(mark, Math.min(found.get(mark) ?? Number.POSITIVE_INFINITY, best))
  }
  return [...found].map(([mark, contrast]) => ({ mark, contrast }))
}
