/** Each click that slides.md declares changes the figure of its slide, and none is left out. */
import type { Component } from 'vue'
import { describe, expect, it } from 'vitest'
import { readSlides } from '../../talk/slides.ts'
import { mountFigure } from '#live-figures/testing'

const files = import.meta.glob<Component>('../../components/*.vue', { import: 'default' })

/** The figures that the slides place, with their clicks. */
const placed = (await readSlides()).flatMap(({ alias, clicks, content }) =>
  [...content.matchAll(/^<([A-Z]\w*)((?: :?[\w-]+="[^"]*")*) \/>$/gm)].map(([, name = '', attributes = '']) => {
    const props = Object.fromEntries([...attributes.matchAll(/ (:?)([\w-]+)="([^"]*)"/g)].map(([, bound, key = '', value = '']) => [key, bound ? JSON.parse(value) as unknown : value]))
    return { alias, clicks, name, props }
  }))

describe('the clicks of a figure', () => {
  it.each(placed)('are the $clicks of “$alias” ($name)', async ({ alias, clicks, name, props }) => {
    const component = await files[`../../components/${name}.vue`]?.()
    expect(component, name).toBeDefined()
    const figure = mountFigure(component!, { props, print: 'clicks' })
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
