/** No warning is tolerated: a component that makes Vue complain fails its test. */
import { disableAutoUnmount, enableAutoUnmount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, vi } from 'vitest'

// Figures share their state: one left mounted would answer to the next test. Set anew for each file of a worker.
disableAutoUnmount()
enableAutoUnmount(afterEach)

beforeEach(() => {
  vi.spyOn(console, 'warn')
  vi.spyOn(console, 'error')
})

afterEach((context) => {
  const said = [...vi.mocked(console.warn).mock.calls, ...vi.mocked(console.error).mock.calls]
  vi.restoreAllMocks()
  expect(said, `${context.task.name} made the console speak`).toEqual([])
})
