/** Warm and cool mean structure and generality and nothing else: every slide's marks and words in them are declared. */
import { expect, it } from 'vitest'
import { coloured } from '../support/colours.ts'
import { slides, useStage } from '../support/stage.ts'

const stage = useStage()

it('shows warm and cool on the slides where tests/support/colours.ts says what they mean there, and on no other', async () => {
  const page = await stage.browser.newPage({ viewport: { width: 980, height: 552 }, colorScheme: 'light', reducedMotion: 'reduce' })
  await page.goto(`${stage.url}?print=true#/print`)
  await page.waitForFunction(count => document.querySelectorAll('.print-slide-container h1').length >= count, slides.length, { timeout: 60_000 })
  const found = await page.evaluate(() => {
    const probe = document.body.appendChild(document.createElement('i'))
    const slide = document.querySelector('.print-slide-container .slidev-page') ?? document.body
    slide.append(probe)
    const [warm, cool] = ['structure', 'general'].map((name) => {
      probe.style.color = `var(--${name})`
      return getComputedStyle(probe).color
    })
    probe.remove()
    const painted = (element: Element): string[] => {
      const style = getComputedStyle(element)
      const shape = element instanceof SVGGeometryElement
      const writes = [...element.childNodes].some(node => node instanceof Text && node.data.trim() !== '')
      return [
        ...(writes ? [element instanceof SVGElement ? style.fill : style.color] : []),
        ...(shape ? [style.fill, ...(Number.parseFloat(style.strokeWidth) > 0 ? [style.stroke] : [])] : []),
        ...(element instanceof SVGElement ? [] : [style.backgroundColor, ...(Number.parseFloat(style.borderTopWidth) > 0 ? [style.borderTopColor] : []), ...(Number.parseFloat(style.outlineWidth) > 0 && style.outlineStyle !== 'none' ? [style.outlineColor] : [])]),
      ]
    }
    return [...document.querySelectorAll('.print-slide-container')].map((container) => {
      const colours = [...container.querySelectorAll('*')].filter(element => element.checkVisibility({ visibilityProperty: true }) && !element.closest('.visually-hidden')).flatMap(painted)
      return { warm: colours.includes(warm!), cool: colours.includes(cool!) }
    })
  })
  await page.context().close()
  expect(found.length).toBe(slides.length)
  // Pages of one thing count together: not every page of the loan book has a loan that was paid off.
  const subjectOf = (alias: string) => alias.replace(/-\d+$/, '')
  const subjects = [...new Set(slides.map(({ alias }) => subjectOf(alias)))]
  for (const subject of subjects) {
    const pages = slides.filter(({ alias }) => subjectOf(alias) === subject).map(({ no }) => found[no - 1]!)
    const shown = { warm: pages.some(({ warm }) => warm), cool: pages.some(({ cool }) => cool) }
    expect(shown, `colours of “${subject}”`).toEqual({ warm: coloured[subject]?.warm !== undefined, cool: coloured[subject]?.cool !== undefined })
  }
  expect(Object.keys(coloured).filter(subject => !subjects.includes(subject)), 'slides that are not there').toEqual([])
})
