/** The figure of the README is a real one. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { mountFigure } from '../testing/index.ts'
import ReadmeFigure from './ReadmeFigure.vue'

it('stands in the README as it is tested, and has fifteen lines', () => {
  const readme = readFileSync(join(import.meta.dirname, '..', 'README.md'), 'utf8')
  const tested = readFileSync(join(import.meta.dirname, 'ReadmeFigure.vue'), 'utf8')
  const [, block = ''] = readme.match(/```vue\n(.*?)```/s) ?? []
  expect(block.replace('\'#live-figures\'', '\'../index.ts\'')).toBe(tested)
  expect(block.trim().split('\n').length).toBeLessThanOrEqual(15)
})

it('shows its click, is moved, comes back to the plan, and opens its data', async () => {
  const figure = mountFigure(ReadmeFigure)
  expect(figure.get('[data-summary]').text()).toBe('The square of 1 is 1.')
  await figure.get('input').setValue(7.5)
  expect(figure.get('p:not([data-summary])').text()).toBe('7.5² = 56.25')
  await figure.get('.data-control').trigger('click')
  expect(figure.get('td').text()).toBe('56.25')
  await figure.setClicks(1)
  expect(figure.get('[data-summary]').text()).toBe('The square of 3 is 9.')
})

it('has no controls on paper', () => {
  const printed = mountFigure(ReadmeFigure, { print: true, clicks: 1 })
  expect(printed.get('p:not([data-summary])').text()).toBe('3² = 9')
  expect(printed.findAll('input, button')).toEqual([])
})
