/** A figure that fails does not stop the talk: it is drawn again, still, and says so quietly. */
import type { Component } from 'vue'
import { describe, expect, it, vi } from 'vitest'
import { defineComponent, h, inject, nextTick, ref } from 'vue'
import FaultBoundary from '../parts/FaultBoundary.vue'
import { figureFault } from '../figure/state.ts'
import { mountFigure } from '../testing/mount.ts'

const FailsLive = defineComponent({
  setup() {
    const fault = inject(figureFault, ref(false))
    return () => {
      if (!fault.value)
        throw new Error('no worker')
      return h('p', { class: 'still' }, 'the still picture')
    }
  },
})

const FailsAlways = defineComponent({
  setup() {
    return () => {
      throw new Error('nothing works')
    }
  },
})

/** Mounts what fails. The boundary warns whoever debugs: here that is expected, and taken off the record. */
async function mountFailing(component: Component) {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
  const wrapper = mountFigure(defineComponent(() => () => h(FaultBoundary, () => h(component))), { frontmatter: { title: 'The heading' } })
  await nextTick()
  await nextTick()
  expect(warn).toHaveBeenCalledWith('A figure failed and is shown still:', expect.any(Error))
  warn.mockClear()
  return wrapper
}

describe('the fault boundary', () => {
  it('draws a failed figure again as a still, and says so', async () => {
    const wrapper = await mountFailing(FailsLive)
    expect(wrapper.find('.still').text()).toBe('the still picture')
    expect(wrapper.find('[role=status]').text()).toBe('shown still: the live part failed')
  })

  it('puts the heading and a sentence in the place of what cannot be drawn at all', async () => {
    const wrapper = await mountFailing(FailsAlways)
    expect(wrapper.find('h1').text()).toBe('The heading')
    expect(wrapper.find('[role=status]').text()).toBe('What stands here cannot be drawn. It is told in the notes.')
  })

  it('says nothing around a figure that works', () => {
    const wrapper = mountFigure(FaultBoundary)
    expect(wrapper.find('[role=status]').exists()).toBe(false)
  })
})
