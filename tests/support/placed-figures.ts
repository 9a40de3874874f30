/** The figures that slides.md places, each as its slide uses it. */
import type { Component } from 'vue'
import { readSlides } from '../../talk/slides.ts'

const files = import.meta.glob<Component>('../../components/*.vue', { import: 'default' })

export interface PlacedFigure {
  /** Its slide, and how many clicks that declares. */
  alias: string
  clicks: number
  name: string
  component: Component
  props: Record<string, unknown>
}

export async function placedFigures(): Promise<PlacedFigure[]> {
  const placed = (await readSlides()).flatMap(({ alias, clicks, content }) =>
    [...content.matchAll(/^<([A-Z]\w*)((?: :?[\w-]+="[^"]*")*) \/>$/gm)].map(([, name = '', attributes = '']) => ({ alias, clicks, name, attributes })))
  return Promise.all(placed.map(async ({ attributes, ...figure }) => {
    const component = await files[`../../components/${figure.name}.vue`]?.()
    if (!component)
      throw new Error(`slides.md, slide “${figure.alias}”: there is no components/${figure.name}.vue.`)
    const props = Object.fromEntries([...attributes.matchAll(/ (:?)([\w-]+)="([^"]*)"/g)].map(([, bound, key = '', value = '']) => [key, bound ? JSON.parse(value) as unknown : value]))
    return { ...figure, component, props }
  }))
}
