import { afterEach, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import ShrinkToFit from '../parts/ShrinkToFit.vue'
import { mountFigure } from '../testing/index.ts'

afterEach(() => vi.unstubAllGlobals())

it('comes to rest, though lines that are zoomed are a pixel higher or lower together than before', async () => {
  let measure = () => {}
  vi.stubGlobal('ResizeObserver', class {
    constructor(measured: () => void) { measure = measured }
    observe() {}
    disconnect() {}
  })
  const wrapper = mountFigure(ShrinkToFit, { print: true })
  await nextTick()
  const content = wrapper.get<HTMLElement>('.room-content').element
  Object.defineProperty(wrapper.element, 'clientHeight', { value: 462 })
  // As Chromium rounds the heights of zoomed lines.
  Object.defineProperty(content, 'scrollHeight', { get: () => content.style.zoom === String(462 / 468) ? 467 : 468 })

  const seen: string[] = []
  for (let frame = 0; frame < 6; frame++) {
    measure()
    await nextTick()
    seen.push(content.style.zoom)
  }
  expect(new Set(seen)).toEqual(new Set([String(462 / 468)]))
})
