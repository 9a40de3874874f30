/** The address of a slide with several figures. */
import { afterEach, expect, it, vi } from 'vitest'
import { defineComponent, h, nextTick } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { fieldOwners, forgetAsked, keepAddress, parameterNames } from '../figure/address.ts'
import { whole } from '../figure/fields.ts'
import { useFigure } from '../figure/state.ts'
import { mountFigure } from '../testing/mount.ts'

afterEach(() => {
  forgetAsked()
  vi.useRealTimers()
  history.replaceState(null, '')
})

it('calls a field as the figure does, and says whose it is where another figure of the slide has one of that name', () => {
  fieldOwners.clear()
  expect([...parameterNames(1, 'square', ['x', 'seed'])]).toEqual([['x', 'x'], ['seed', 'seed']])
  // Drawn again, in a preview for instance, it has the names it had.
  for (let drawn = 0; drawn < 2; drawn++)
    expect([...parameterNames(1, 'cube', ['x', 'y'])]).toEqual([['x', 'cube.x'], ['y', 'y']])
  expect([...parameterNames(2, 'cube', ['x', 'y'])]).toEqual([['x', 'x'], ['y', 'y']])
})

it('opens each figure as it was, and is written with both', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  history.replaceState({ current: '/' }, '')
  const router = createRouter({ history: createMemoryHistory(), routes: [{ name: 'play', path: '/:no', component: {} }] })
  keepAddress(router)
  await router.push('/4?x=7&cube.x=2')
  const probe = (id: string) => defineComponent(() => {
    const { state } = useFigure(id, [{ x: 1 }], { fields: { x: whole(0, 9) } })
    return () => h('p', `${id} ${state.value.x}`)
  })
  const [Square, Cube] = [probe('square'), probe('cube')]
  const slide = mountFigure(defineComponent(() => () => h('div', [h(Square), h(Cube)])))
  await nextTick()
  expect(slide.findAll('p').map(p => p.text())).toEqual(['square 7', 'cube 2'])
  vi.advanceTimersByTime(1000)
  expect(history.state).toMatchObject({ current: '/4?x=7&cube.x=2' })
})
