/** Whatever fails on a slide, of whatever layout, the talk goes on. */
import { describe, expect, it, vi } from 'vitest'
import { defineComponent, h, nextTick } from 'vue'
import cover from '../../layouts/cover.vue'
import normal from '../../layouts/default.vue'
import unloaded from '../../layouts/error.vue'
import figure from '../../layouts/figure.vue'
import statement from '../../layouts/statement.vue'
import { mountFigure } from '#live-figures/testing'

const Fails = defineComponent(() => () => {
  throw new Error('nothing works')
})

describe.each(Object.entries({ cover, default: normal, figure, statement }))('the layout “%s”', (_, layout) => {
  it('draws its slide', () => {
    const slide = mountFigure(defineComponent(() => () => h(layout, () => h('p', 'words'))))
    expect(slide.find('.slidev-layout p').text()).toBe('words')
    expect(slide.find('[role=status]').exists()).toBe(false)
  })

  it('keeps the heading when what stands on it fails', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    const slide = mountFigure(defineComponent(() => () => h(layout, () => h(Fails))), { frontmatter: { title: 'The heading' } })
    await nextTick()
    await nextTick()
    expect(warn).toHaveBeenCalledTimes(2)
    warn.mockClear()
    expect(slide.find('.slidev-layout h1').text()).toBe('The heading')
    expect(slide.find('[role=status]').text()).toBe('What stands here cannot be drawn. It is told in the notes.')
  })
})

it('a slide that did not load keeps its heading, and says what to do', () => {
  const slide = mountFigure(unloaded, { frontmatter: { title: 'The heading' } })
  expect(slide.find('.slidev-layout h1').text()).toBe('The heading')
  expect(slide.find('[role=status]').text()).toContain('did not load')
})
