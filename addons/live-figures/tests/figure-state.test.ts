/** The state of a figure: planned by the clicks, moved by its controls, shared between windows, still where it must be. */
import { defineComponent, h, toRaw } from 'vue'
import { describe, expect, it } from 'vitest'
import { choice, flag, runControl, whole } from '../figure/fields.ts'
import { useFigure } from '../figure/state.ts'
import { atRest } from '../figure/run.ts'
import { sharedFigures } from '../figure/shared.ts'
import { mountFigure } from '../testing/mount.ts'

const steps = [{ horizon: 1, revealed: false }, { horizon: 2, revealed: false }, { horizon: 2, revealed: true }]

const Probe = defineComponent({
  setup() {
    const figure = useFigure('probe', steps, { fields: { horizon: whole(0, 9), revealed: flag } })
    return () => h('button', { onClick: () => figure.update({ horizon: 7 }) }, JSON.stringify({
      ...figure.state.value,
      mode: figure.mode.value,
      running: figure.running.value,
      animated: figure.animated.value,
    }))
  },
})

const Keeper = defineComponent({
  setup() {
    const figure = useFigure('keeper', [{ horizon: 1, model: 'planned' }, { horizon: 2, model: 'planned' }], {
      fields: { horizon: whole(0, 9), model: choice<string>(['planned', 'chosen']) },
      keep: ['model'],
    })
    return () => h('button', { onClick: () => figure.update({ horizon: 7, model: 'chosen' }) }, JSON.stringify(figure.state.value))
  },
})

const read = (wrapper: { text: () => string }) => JSON.parse(wrapper.text()) as Record<string, unknown>

describe('a figure', () => {
  it('shows the state of the click, and the last one when Slidev counts further', async () => {
    const probe = mountFigure(Probe)
    expect(read(probe)).toMatchObject({ horizon: 1, revealed: false })
    await probe.setClicks(2)
    expect(read(probe)).toMatchObject({ horizon: 2, revealed: true })
    await probe.setClicks(999_999)
    expect(read(probe)).toMatchObject({ horizon: 2, revealed: true })
  })

  it('keeps what the speaker moved until the next click', async () => {
    const probe = mountFigure(Probe)
    await probe.trigger('click')
    expect(read(probe)).toMatchObject({ horizon: 7, revealed: false })
    await probe.setClicks(1)
    expect(read(probe)).toMatchObject({ horizon: 2, revealed: false })
    await probe.setClicks(0)
    expect(read(probe)).toMatchObject({ horizon: 1, revealed: false })
  })

  it('keeps through the clicks what it is asked to keep, and nothing else', async () => {
    const kept = mountFigure(Keeper, { renderContext: 'presenter' })
    expect(read(kept)).toMatchObject({ horizon: 1, model: 'planned' })
    await kept.trigger('click')
    expect(read(kept)).toMatchObject({ horizon: 7, model: 'chosen' })
    await kept.setClicks(1)
    expect(read(kept)).toMatchObject({ horizon: 2, model: 'chosen' })
  })

  it('shows a kept choice in a window that has not yet heard of the click', () => {
    sharedFigures.state['keeper'] = { page: 1, step: 0, inputs: { horizon: 7, model: 'chosen' } }
    expect(read(mountFigure(Keeper, { clicks: 1, keepShared: true }))).toMatchObject({ horizon: 2, model: 'chosen' })
  })

  it.each([{ renderContext: 'overview' as const }, { print: true }])('keeps nothing in %o', (where) => {
    sharedFigures.state['keeper'] = { page: 1, step: 0, inputs: { model: 'chosen' } }
    expect(read(mountFigure(Keeper, { ...where, keepShared: true }))).toMatchObject({ model: 'planned' })
  })

  it('shows what another window moved, also when it is opened later', async () => {
    const speaker = mountFigure(Probe, { renderContext: 'presenter' })
    await speaker.trigger('click')
    const audience = mountFigure(Probe, { keepShared: true })
    expect(read(audience)).toMatchObject({ horizon: 7 })
  })

  it('shares plain data only, however often it is moved: a channel between windows carries no proxies', async () => {
    const Nested = defineComponent({
      setup() {
        const figure = useFigure('nested', [{ horizon: 1, run: atRest }], { fields: { horizon: whole(0, 9), run: runControl } })
        return () => h('button', { onClick: () => figure.update({ horizon: figure.state.value.horizon + 1 }) })
      },
    })
    const nested = mountFigure(Nested, { renderContext: 'presenter' })
    await nested.trigger('click')
    await nested.trigger('click')
    expect(structuredClone(toRaw(sharedFigures.state['nested'])?.inputs)).toEqual({ horizon: 3, run: atRest })
  })

  it.each(['previewNext', 'overview'] as const)('is still in the %s: it neither follows nor answers', async (renderContext) => {
    sharedFigures.state['probe'] = { page: 1, step: 0, inputs: { horizon: 9 } }
    const still = mountFigure(Probe, { renderContext, keepShared: true })
    expect(read(still)).toMatchObject({ horizon: 1, mode: 'still', running: false, animated: false })
    await still.trigger('click')
    expect(sharedFigures.state['probe']?.inputs).toEqual({ horizon: 9 })
  })

  it('is still in print, where every slide is active', () => {
    const printed = mountFigure(Probe, { print: true, clicks: 2 })
    expect(read(printed)).toMatchObject({ horizon: 2, revealed: true, mode: 'print', running: false })
  })

  it('stops when its slide is left', async () => {
    const probe = mountFigure(Probe)
    expect(read(probe)).toMatchObject({ running: true })
    await probe.leave()
    expect(read(probe)).toMatchObject({ running: false })
  })

  it('does not animate where the viewer wants less motion', () => {
    expect(read(mountFigure(Probe, { reducedMotion: true }))).toMatchObject({ animated: false })
    expect(read(mountFigure(Probe))).toMatchObject({ animated: true })
  })

  it('says how many states it wants when it gets none', () => {
    const Empty = defineComponent({ setup: () => () => h('p', useFigure('empty', []).mode.value) })
    expect(() => mountFigure(Empty)).toThrow('Figure “empty” has 0 states; it needs at least 1.')
  })
})
