/** How the talk stands against its plan. */
import { expect, it } from 'vitest'
import { paceOf } from '../../components/presenter/pace.ts'

it.each([
  [64, { is: 'ahead', seconds: 1 }],
  [65, { is: 'left', seconds: 100 }],
  [165, { is: 'left', seconds: 0 }],
  [166, { is: 'behind', seconds: 1 }],
])('stands after %i s against a slide planned from 1:05 to 2:45', (elapsed, expected) => {
  expect(paceOf({ startsAt: 65, seconds: 100 }, elapsed)).toEqual(expected)
})
