/**
 * A part of a page, drawn once more as one SVG that stands alone: boxes, lines, text line by line, and the drawings in it,
 * each with the look that it has. Its colours are custom properties with the light colour beside them, so that a page may
 * set them dark, and a reader that knows no style sheet still shows them.
 */

export interface Drawing {
  /** The SVG element, without a name: who sets it into a page gives it one. */
  svg: string
  /** In CSS pixels, at the size that its text was set for. */
  width: number
  height: number
}

/**
 * Runs in the page, so it uses nothing from outside.
 * @param options.selector what is drawn
 * @param options.name begins every id in the drawing
 * @param options.colours names of custom properties whose colours are drawn by name
 * @throws Error when there is nothing to draw
 */
export function drawPart({ selector, name, colours }: { selector: string, name: string, colours: readonly string[] }): Drawing {
  const part = document.querySelector<HTMLElement>(selector)
  if (!part)
    throw new Error(`Nothing to draw: the page has no ${selector}.`)
  const origin = part.getBoundingClientRect()
  const pencil = document.createElement('canvas').getContext('2d')!
  const round = (value: number) => String(Number(value.toFixed(2)))
  const escape = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
  const named = new Map<string, string>()
  const probe = document.createElement('i')
  part.append(probe)
  for (const property of colours) {
    probe.style.color = `var(${property})`
    named.set(getComputedStyle(probe).color, property)
  }
  probe.remove()

  /** A colour as it is written; '' where nothing is seen of it. */
  function paint(value: string): string {
    if (value === 'none' || /^rgba\(.*, 0\)$/.test(value))
      return ''
    const reference = /url\("?#([^")]+)"?\)/.exec(value)
    if (reference)
      return `url(#${name}-${reference[1]})`
    const property = named.get(value)
    const hex = value.replace(/^rgb\((\d+), (\d+), (\d+)\)$/, (_, ...parts: string[]) => `#${parts.slice(0, 3).map(part => Number(part).toString(16).padStart(2, '0')).join('')}`)
    return property ? `var(${property},${hex})` : hex
  }

  const attributes = (entries: Record<string, string | number | undefined>) => Object.entries(entries).map(([key, value]) => value === undefined || value === '' ? '' : ` ${key}="${escape(typeof value === 'number' ? round(value) : value)}"`).join('')

  /** What a font adds to text, where it differs from that of the drawing. */
  function fontOf(style: CSSStyleDeclaration): Record<string, string | undefined> {
    const family = style.fontFamily.includes('Source Serif') ? 'serif' : style.fontFamily.includes('Mono') ? 'mono' : ''
    return {
      'class': family,
      'font-size': round(Number.parseFloat(style.fontSize)),
      'font-weight': style.fontWeight === '400' ? '' : style.fontWeight,
      'font-style': style.fontStyle === 'normal' ? '' : style.fontStyle,
      'letter-spacing': style.letterSpacing === 'normal' ? '' : style.letterSpacing,
    }
  }

  /** Text keeps the length it was set in: another font, or wider letters, do not push it over its neighbours. */
  const lengthOf = (length: number, text: string): string => text.length > 1 ? round(length) : ''

  // --- what is HTML ---

  function boxOf(element: Element, style: CSSStyleDeclaration): string {
    const { left, top, width, height } = element.getBoundingClientRect()
    const [x, y] = [left - origin.left, top - origin.top]
    const sides = (['Top', 'Right', 'Bottom', 'Left'] as const).map(side => ({
      side,
      width: style[`border${side}Style`] === 'none' ? 0 : Number.parseFloat(style[`border${side}Width`]),
      colour: paint(style[`border${side}Color`]),
      dash: style[`border${side}Style`] === 'dashed' ? '4 3' : style[`border${side}Style`] === 'dotted' ? '1.5 2.5' : '',
    }))
    const radius = Math.min(Number.parseFloat(style.borderTopLeftRadius) * (style.borderTopLeftRadius.endsWith('%') ? width / 100 : 1), width / 2, height / 2)
    const [first] = sides
    const same = first!.width > 0 && first!.colour !== '' && sides.every(({ width, colour }) => width === first!.width && colour === first!.colour)
    const fill = paint(style.backgroundColor)
    if (same) {
      const inset = first!.width / 2
      return `<rect${attributes({ 'x': x + inset, 'y': y + inset, 'width': width - 2 * inset, 'height': height - 2 * inset, 'rx': radius > 0 ? radius - inset : undefined, 'fill': fill || 'none', 'stroke': first!.colour, 'stroke-width': first!.width, 'stroke-dasharray': first!.dash })}/>`
    }
    const drawn = fill && width > 0 && height > 0 ? `<rect${attributes({ x, y, width, height, rx: radius > 0 ? radius : undefined, fill })}/>` : ''
    return drawn + sides.filter(({ width, colour }) => width > 0 && colour !== '').map(({ side, width: thick, colour, dash }) => {
      const [x1, y1, x2, y2] = side === 'Top' ? [x, y + thick / 2, x + width, y + thick / 2] : side === 'Bottom' ? [x, y + height - thick / 2, x + width, y + height - thick / 2] : side === 'Left' ? [x + thick / 2, y, x + thick / 2, y + height] : [x + width - thick / 2, y, x + width - thick / 2, y + height]
      return `<line${attributes({ x1, y1, x2, y2, 'stroke': colour, 'stroke-width': thick, 'stroke-dasharray': dash })}/>`
    }).join('')
  }

  /** A piece of text as the lines it is set in. */
  function linesOf(node: Text, style: CSSStyleDeclaration): string {
    const text = node.data
    const range = document.createRange()
    const lines: { words: string, left: number, right: number, top: number }[] = []
    for (let i = 0; i < text.length; i++) {
      range.setStart(node, i)
      range.setEnd(node, i + 1)
      const box = [...range.getClientRects()].at(-1)
      if (!box)
        continue
      const last = lines.at(-1)
      if (last && Math.abs(last.top - box.top) < 3 && box.left >= last.right - 2) {
        last.words += text[i]
        last.right = box.right
      }
      else if (text[i]!.trim() !== '') {
        lines.push({ words: text[i]!, left: box.left, right: box.right, top: box.top })
      }
    }
    pencil.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`
    const ascent = pencil.measureText('x').fontBoundingBoxAscent
    return lines.map(({ words, left, right, top }) => {
      const shown = words.replace(/\s+$/, '').replace(/\s+/g, letters => letters.includes('\u00A0') ? '\u00A0' : ' ')
      const cut = words.length > shown.length ? pencil.measureText(' ').width : 0
      const set = style.textTransform === 'uppercase' ? shown.toUpperCase() : shown
      return `<text${attributes({ x: left - origin.left, y: top - origin.top + ascent, ...fontOf(style), fill: paint(style.color), textLength: lengthOf(right - left - cut, set) })}>${escape(set)}</text>`
    }).join('')
  }

  function drawHtml(element: Element): string {
    const style = getComputedStyle(element)
    if (style.display === 'none' || style.visibility === 'hidden' || style.opacity === '0' || element.matches('.visually-hidden, script, style, button, .figure-picker, [data-control], .control'))
      return ''
    const inside = [...element.childNodes].map(child => child instanceof Text ? linesOf(child, style) : child instanceof SVGSVGElement ? drawSvg(child) : child instanceof Element ? drawHtml(child) : '').join('')
    const drawn = (style.display === 'contents' ? '' : boxOf(element, style)) + inside
    return style.opacity === '1' || drawn === '' ? drawn : `<g opacity="${style.opacity}">${drawn}</g>`
  }

  // --- what is SVG ---

  function drawSvg(svg: SVGSVGElement): string {
    const style = getComputedStyle(svg)
    if (style.display === 'none' || style.visibility === 'hidden' || style.opacity === '0')
      return ''
    const { left, top, width, height } = svg.getBoundingClientRect()
    const { x, y, width: inWidth, height: inHeight } = svg.viewBox.baseVal ?? { x: 0, y: 0, width: 0, height: 0 }
    const scale = inWidth ? Math.min(width / inWidth, height / inHeight) : 1
    const shift = `translate(${round(left - origin.left + (inWidth ? (width - inWidth * scale) / 2 - x * scale : 0))} ${round(top - origin.top + (inHeight ? (height - inHeight * scale) / 2 - y * scale : 0))})${scale === 1 ? '' : ` scale(${Number(scale.toFixed(4))})`}`
    return `<g transform="${shift}"${style.opacity === '1' ? '' : ` opacity="${style.opacity}"`}>${[...svg.children].map(child => drawShape(child as SVGElement)).join('')}</g>`
  }

  const geometry: Record<string, readonly string[]> = {
    path: ['d'],
    line: ['x1', 'y1', 'x2', 'y2'],
    rect: ['x', 'y', 'width', 'height', 'rx', 'ry'],
    circle: ['cx', 'cy', 'r'],
    ellipse: ['cx', 'cy', 'rx', 'ry'],
    polyline: ['points'],
    polygon: ['points'],
    text: ['x', 'y', 'dx', 'dy'],
    tspan: ['x', 'y', 'dx', 'dy'],
    linearGradient: ['x1', 'y1', 'x2', 'y2', 'gradientUnits', 'gradientTransform'],
    stop: ['offset'],
    pattern: ['x', 'y', 'width', 'height', 'patternUnits', 'patternTransform'],
    clipPath: ['clipPathUnits'],
  }
  const shorter = (numbers: string) => numbers.replace(/-?\d+\.\d{2,}(?:e-?\d+)?/g, number => String(Number(Number(number).toFixed(1))))

  function drawShape(element: SVGElement): string {
    const tag = element.tagName
    const style = getComputedStyle(element)
    const inDefinition = element.closest('defs, pattern, clipPath, linearGradient')
    if (!inDefinition && (style.display === 'none' || style.visibility === 'hidden' || style.opacity === '0'))
      return ''
    if (!['g', 'defs', 'svg', ...Object.keys(geometry)].includes(tag))
      return tag === 'title' || tag === 'desc' ? '' : (() => { throw new Error(`${name}: <${tag}> cannot be drawn.`) })()
    const matrix = style.transform === 'none' ? undefined : new DOMMatrix(style.transform)
    const transform = !matrix || matrix.isIdentity
      ? ''
      : matrix.a === 1 && matrix.b === 0 && matrix.c === 0 && matrix.d === 1
        ? `translate(${round(matrix.e)} ${round(matrix.f)})`
        : `matrix(${[matrix.a, matrix.b, matrix.c, matrix.d].map(value => Number(value.toFixed(4))).join(' ')} ${round(matrix.e)} ${round(matrix.f)})`
    const clip = /url\("?#([^")]+)"?\)/.exec(style.clipPath)
    const common = { 'id': inDefinition && element.id ? `${name}-${element.id}` : '', transform, 'opacity': style.opacity === '1' ? '' : style.opacity, 'clip-path': clip ? `url(#${name}-${clip[1]})` : '' }
    const children = () => [...element.children].map(child => drawShape(child as SVGElement)).join('')
    if (tag === 'g' || tag === 'defs' || tag === 'svg') {
      const inside = children()
      const own = tag === 'g' ? attributes(common) : ''
      return inside === '' ? '' : tag === 'defs' ? `<defs>${inside}</defs>` : own ? `<g${own}>${inside}</g>` : inside
    }
    const places = Object.fromEntries((geometry[tag] ?? []).map((key) => {
      // Where a style sheet places a shape, its attribute is not there or does not count.
      const styled = ['rect', 'circle'].includes(tag) ? style.getPropertyValue(key).replace(/px$/, '') : ''
      const value = styled && styled !== 'auto' ? styled : element.getAttribute(key) ?? ''
      return [key, value === '0' && !['x1', 'x2', 'y1', 'y2', 'offset'].includes(key) ? '' : shorter(value)]
    }))
    if (['linearGradient', 'pattern', 'clipPath'].includes(tag))
      return `<${tag}${attributes({ ...common, ...places })}>${children()}</${tag}>`
    if (tag === 'stop')
      return `<stop${attributes({ ...places, 'stop-color': paint(style.stopColor), 'stop-opacity': style.stopOpacity === '1' ? '' : style.stopOpacity })}/>`

    const fill = tag === 'line' ? '' : paint(style.fill)
    const stroke = paint(style.stroke)
    if (!inDefinition && !fill && !stroke)
      return ''
    const isText = tag === 'text' || tag === 'tspan'
    const look = {
      'fill': tag === 'line' ? '' : fill || 'none',
      'fill-opacity': style.fillOpacity === '1' || !fill ? '' : style.fillOpacity,
      'stroke': stroke,
      ...stroke && {
        'stroke-width': style.strokeWidth === '1px' ? '' : style.strokeWidth.replace(/px$/, ''),
        'stroke-dasharray': style.strokeDasharray === 'none' ? '' : style.strokeDasharray.replace(/px/g, ''),
        'stroke-linecap': style.strokeLinecap === 'butt' ? '' : style.strokeLinecap,
        'stroke-linejoin': style.strokeLinejoin === 'miter' ? '' : style.strokeLinejoin,
        'stroke-opacity': style.strokeOpacity === '1' ? '' : style.strokeOpacity,
        'paint-order': style.paintOrder === 'normal' ? '' : style.paintOrder,
      },
      ...isText && { ...fontOf(style), 'text-anchor': style.textAnchor === 'start' ? '' : style.textAnchor },
    }
    if (!isText)
      return `<${tag}${attributes({ ...common, ...places, ...look })}/>`
    if (tag === 'tspan') {
      // It has the look of its text but for what it says itself.
      const around = getComputedStyle(element.parentElement!)
      const [own, inherited] = [fontOf(style), fontOf(around)]
      const differs = Object.fromEntries(Object.entries(own).filter(([key, value]) => inherited[key] !== value))
      return `<tspan${attributes({ ...places, ...differs, fill: style.fill === around.fill ? '' : fill })}>${escape(element.textContent ?? '')}</tspan>`
    }
    const inside = [...element.childNodes].map(child => child instanceof Text ? escape(child.data.replace(/[^\S\u00A0]+/g, ' ')) : child instanceof SVGElement ? drawShape(child) : '').join('')
    const words = element.textContent?.trim() ?? ''
    if (words === '')
      return ''
    const whole = element instanceof SVGTextElement && element.children.length === 0
    return `<${tag}${attributes({ ...common, ...places, ...look, textLength: whole ? lengthOf(element.getComputedTextLength(), words) : '' })}>${whole ? inside.trim() : inside}</${tag}>`
  }

  // What is drawn may reach over its part, or not fill it: the picture is as large as what is in it. It brings its paper,
  // for a reader that is dark and knows no style sheet, and so that a file of it says how far it goes.
  const shapes = drawHtml(part)
  const holder = document.createElement('div')
  holder.style.cssText = `position: absolute; width: 2000px; font-family: var(--font-text)`
  holder.innerHTML = `<svg width="2000" height="2000" viewBox="0 0 2000 2000">${shapes}</svg>`
  document.body.append(holder)
  const box = (holder.firstElementChild as SVGSVGElement).getBBox()
  holder.remove()
  const margin = 4
  const x = Math.floor(Math.min(box.x - margin, 0))
  const y = Math.floor(box.y - margin)
  const width = Math.ceil(Math.max(box.x + box.width, origin.width) + margin) - x
  const height = Math.ceil(box.y + box.height + margin) - y
  return { svg: `<svg viewBox="${x} ${y} ${width} ${height}" width="${width}" height="${height}" role="img"><rect${attributes({ x, y, width, height, fill: 'var(--paper,#fbfaf6)' })}/>${shapes}</svg>`, width, height }
}
