/**
 * What is wrong with the picture of a slide, seen from inside the browser: text or drawing outside of the slide or too
 * near to its foot, text on text, text cut off by its box, numbers without a source, broken values. Runs in the page, so
 * it may use nothing from outside.
 */
export function inspectSlide(no: number): string[] {
  const page = document.querySelector<HTMLElement>(`.slidev-page-${no}`)
  if (!page)
    return [`slide ${no} is not in the page`]
  const frame = page.getBoundingClientRect()
  const scale = frame.width / 980
  const problems: string[] = []

  interface Box { left: number, right: number, top: number, bottom: number }
  interface Ink extends Box { text: string, element: Element, angle: number }
  const isOutside = (one: Box, box: Box) => one.left < box.left - 1 || one.right > box.right + 1 || one.top < box.top - 1 || one.bottom > box.bottom + 1
  const inks: Ink[] = []
  const walker = document.createTreeWalker(page, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const node = walker.currentNode
    const element = node.parentElement
    const text = node.textContent?.trim() ?? ''
    // What scrolls is not all to be seen at once.
    if (!element || !text || element.closest('.visually-hidden, style, script, .slidev-vclick-hidden, .data-sheet'))
      continue
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
      continue
    const range = document.createRange()
    range.selectNodeContents(node)
    for (const rect of range.getClientRects()) {
      if (rect.width < 1 || rect.height < 1)
        continue
      // A line's box is taller than its letters: what counts is the middle, where the letters are.
      const trim = rect.height * 0.22
      const matrix = element instanceof SVGGraphicsElement ? element.getScreenCTM() : null
      const angle = matrix ? Math.atan2(matrix.b, matrix.a) : 0
      inks.push({ text, element, left: rect.left, right: rect.right, top: rect.top + trim, bottom: rect.bottom - trim, angle })
    }

    if (/\bNaN\b|undefined|Infinity|\[object|loading/.test(text))
      problems.push(`says “${text}”`)

    // Digits that belong to a name (T5, GPT-3, R1-Zero) are words; all others are numbers and need a source.
    const numbers = text.replace(/\p{L}[\p{L}\d]*[-.]?\d[\d.\p{L}]*/gu, '')
    if (/\d/.test(numbers) && !element.closest('[data-source], .page-number'))
      problems.push(`shows the number “${text}” without a source`)
  }

  for (const ink of inks) {
    if (isOutside(ink, frame))
      problems.push(`“${ink.text}” stands outside of the slide`)
    // Clipped by an ancestor that hides what flows over.
    for (let box: Element | null = ink.element; box && box !== page; box = box.parentElement) {
      const { overflow } = getComputedStyle(box)
      if (!(box instanceof HTMLElement) || !/hidden|clip|auto|scroll/.test(overflow))
        continue
      if (isOutside(ink, box.getBoundingClientRect()))
        problems.push(`“${ink.text}” is cut off by its box`)
    }
  }

  // What a figure draws keeps to the slide as text does, and both leave the foot free. (The cover's curves run off the page.)
  const foot = inks.filter(({ element }) => element.closest('.slide-foot'))
  const drawn = [...page.querySelectorAll<SVGGraphicsElement>('[data-figure] svg :is(path, rect, circle, line, polygon)')]
    .filter(shape => !shape.closest('defs, clipPath, [clip-path], .visually-hidden') && shape.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
    .map((shape) => {
      const { left, right, top, bottom } = shape.getBoundingClientRect()
      return { text: `${shape.tagName}.${shape.classList.value}`, left, right, top, bottom }
    })
  problems.push(...drawn.filter(shape => isOutside(shape, frame)).map(({ text }) => `the drawing’s ${text} stands outside of the slide`))
  for (const { text, left, right, bottom } of [...inks.filter(ink => !foot.includes(ink)), ...drawn]) {
    for (const line of foot) {
      if (left < line.right + 12 * scale && right > line.left - 12 * scale && bottom > line.top - 12 * scale)
        problems.push(`“${text}” comes within 12 px of “${line.text}” at the foot`)
    }
  }

  for (let i = 0; i < inks.length; i++) {
    for (let j = i + 1; j < inks.length; j++) {
      const [a, b] = [inks[i] as Ink, inks[j] as Ink]
      // Labels along slanted lines: their upright boxes overlap where the letters do not. Seen along the line they are
      // as far apart as their middles, and as high as their font.
      if (a.angle !== 0 && Math.abs(a.angle - b.angle) < 0.2) {
        const dx = (a.left + a.right - b.left - b.right) / 2
        const dy = (a.top + a.bottom - b.top - b.bottom) / 2
        const apart = Math.abs(dy * Math.cos(a.angle) - dx * Math.sin(a.angle))
        if (apart > Number.parseFloat(getComputedStyle(a.element).fontSize) * scale * 0.7)
          continue
      }
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left)
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
      if (wide > 1.5 * scale && high > 1.5 * scale)
        problems.push(`“${a.text}” and “${b.text}” overlap`)
    }
  }

  const smallest = page.closest('.print-slide-container') ? 0 : 11.4
  for (const { element, text } of inks) {
    if (Number.parseFloat(getComputedStyle(element).fontSize) < smallest)
      problems.push(`“${text}” is set in less than 11.4 px`)
  }
  return [...new Set(problems)]
}
