/** Each click that slides.md declares changes the figure of its slide, and none is left out. */
import { describe, expect, it } from 'vitest'
import { mountFigure } from '#live-figures/testing'
import { placedFigures } from '../support/placed-figures.ts'

const placed = await placedFigures()

describe('the clicks of a figure', () => {
  it.each(placed)('are the $clicks of “$alias” ($name)', async ({ alias, clicks, name, component, props }) => {
    const figure = mountFigure(component, { props, print: 'clicks' })
    const at: string[] = []
    for (let click = 0; click <= clicks + 1; click++) {
      await figure.setClicks(click)
      at.push(figure.html())
    }
    figure.unmount()
    for (let click = 1; click <= clicks; click++)
      expect(at[click] === at[click - 1], `slides.md, slide “${alias}”: click ${click} changes nothing`).toBe(false)
    expect(at[clicks + 1] === at[clicks], `slides.md, slide “${alias}”: clicks: ${clicks}, but <${name}> has a state after it`).toBe(true)
  })
})
