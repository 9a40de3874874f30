/** What fields are called in the address of a slide with several figures. */
import { expect, it } from 'vitest'
import { parameterNames } from '../figure/address.ts'

it('calls a field as the figure does, and says whose it is where another figure of the slide has one of that name', () => {
  expect([...parameterNames(101, 'square', ['x', 'seed'])]).toEqual([['x', 'x'], ['seed', 'seed']])
  expect([...parameterNames(101, 'cube', ['x', 'y'])]).toEqual([['x', 'cube.x'], ['y', 'y']])
  // Drawn again, in the preview for instance, each has the names it had.
  expect([...parameterNames(101, 'cube', ['x', 'y'])]).toEqual([['x', 'cube.x'], ['y', 'y']])
  expect([...parameterNames(102, 'cube', ['x', 'y'])]).toEqual([['x', 'x'], ['y', 'y']])
})
