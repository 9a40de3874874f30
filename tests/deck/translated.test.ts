/**
 * The deck under a browser's translator, which puts elements of its own in the place of text nodes, and goes on doing so
 * with whatever comes later. Ours translates every word by itself: at every state of a walk the words that can be read must
 * be those of a walk without it.
 */
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { gotoSlide } from '../../scripts/lib/deck.ts'
import { allMounted } from '../../scripts/lib/soak.ts'
import { placeOf } from '../support/places.ts'
import { slides, useStage } from '../support/stage.ts'

const stage = useStage()

/** Runs in the page. */
function translate(): void {
  const done = new WeakSet<Node>()
  const observer = new MutationObserver(mutations => mutations.forEach(({ target, addedNodes }) => [target, ...addedNodes].forEach(translateAll)))

  function translateAll(root: Node): void {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
    const found = root instanceof Text ? [root] : []
    while (walker.nextNode())
      found.push(walker.currentNode as Text)
    for (const text of found) {
      if (done.has(text) || !text.data.trim() || !text.isConnected || text.parentElement?.closest('script, style, noscript, textarea, [translate=no]'))
        continue
      const inner = document.createElement('font')
      const outer = document.createElement('font')
      const translated = document.createTextNode(text.data)
      done.add(translated)
      inner.append(translated)
      outer.append(inner)
      text.replaceWith(outer)
    }
  }

  translateAll(document.body)
  observer.observe(document.body, { childList: true, characterData: true, subtree: true })
}

/** The words that can be read in the window, a line for each element; runs in the page. */
function words(): string {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  let all = ''
  let last: Element | null = null
  while (walker.nextNode()) {
    let parent = walker.currentNode.parentElement
    while (parent?.localName === 'font')
      parent = parent.parentElement
    // What is said to screen readers comes when the figure has been at rest for a while.
    if (!parent?.checkVisibility({ visibilityProperty: true }) || parent.closest('[aria-live], [role=status]'))
      continue
    all += (parent === last ? '' : '\n') + (walker.currentNode as Text).data
    last = parent
  }
  return all.replace(/[^\S\n]+/g, ' ').replace(/\s*\n\s*/g, '\n').trim()
}

/** The words of a page once they stay the same over a frame. */
async function wordsAtRest(page: Page): Promise<string> {
  let before = ''
  for (;;) {
    const now = await page.evaluate(words)
    if (now === before)
      return now
    before = now
    await page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))))
  }
}

/** Says what it read where. */
type Reader = (where: string, page: Page) => Promise<void>

/** Moves the first controls of a slide, and opens its data. */
async function moveControls(page: Page, where: string, no: number, read: Reader): Promise<void> {
  const slide = page.locator(`.slidev-page-${no} .slidev-layout`).first()
  const range = slide.locator('input[type=range]:not([disabled]) >> visible=true').first()
  if (await range.count() > 0) {
    await range.evaluate((slider: HTMLInputElement) => {
      slider.value = String(Number(slider.min) + (Number(slider.max) - Number(slider.min)) * 0.7)
      slider.dispatchEvent(new Event('input', { bubbles: true }))
    })
    await read(`${where}, slider moved`, page)
  }
  const buttons = slide.locator('button:not([disabled]) >> visible=true')
  for (const [i, name] of (await buttons.allInnerTexts()).entries()) {
    // What a run shows depends on the moment.
    if (/^(?:run|step|pause|reset)$/.test(name.trim()))
      continue
    const button = buttons.nth(i)
    if (await button.count() === 0)
      break
    await button.evaluate((button: HTMLElement) => button.click())
    await read(`${where}, button ${i + 1} “${name}” pressed`, page)
  }
  await page.keyboard.press('Escape')
}

/** Walks the deck by key, to its end and back. */
async function walk(page: Page, read: Reader, back: boolean): Promise<void> {
  const states = slides.flatMap(({ no, alias, clicks }) => Array.from({ length: clicks + 1 }, (_, click) => ({ no, alias, click })))
  const at = async ({ no, alias, click }: typeof states[number], way: string): Promise<string> => {
    await expect.poll(() => placeOf(page, slides), { timeout: 10_000 }).toEqual({ no, click })
    const where = `“${alias}” at click ${click}, ${way}`
    await read(where, page)
    return where
  }
  for (const state of states) {
    const where = await at(state, 'forwards')
    await moveControls(page, where, state.no, read)
    await page.keyboard.press('ArrowRight')
  }
  for (const state of back ? states.slice(0, -1).reverse() : []) {
    await page.keyboard.press('ArrowLeft')
    await at(state, 'backwards')
  }
}

async function open(width: number, height: number, errors: string[]): Promise<Page> {
  const page = await stage.browser.newPage({ viewport: { width, height }, reducedMotion: 'reduce' })
  page.on('pageerror', error => errors.push(error.message))
  await gotoSlide(page, stage.url, 1)
  await allMounted(page, slides)
  return page
}

describe.each([['on a large screen', 980, 552, true], ['on a phone', 390, 844, false]] as const)('%s', (_, width, height, back) => {
  it('no sentence outlives what it says', async () => {
    const errors: string[] = []
    const wanted = new Map<string, string>()
    const plain = await open(width, height, errors)
    await walk(plain, async (where, page) => void wanted.set(where, await wordsAtRest(page)), back)
    await plain.close()
    expect(wanted.size).toBeGreaterThan(slides.length * 2)

    const stale: string[] = []
    const translated = await open(width, height, errors)
    await translated.evaluate(translate)
    await walk(translated, async (where, page) => {
      const said = (await wordsAtRest(page)).split('\n')
      const right = wanted.get(where)?.split('\n') ?? []
      const differs = right.findIndex((line, i) => line !== said[i])
      if (differs >= 0 || said.length !== right.length)
        stale.push(`${where}: “${said[differs] ?? said.at(-1)}” instead of “${right[differs] ?? right.at(-1)}”`)
    }, back)
    expect(await translated.locator('font').count()).toBeGreaterThan(1000)
    await translated.close()
    expect(stale).toEqual([])
    expect(errors).toEqual([])
  })
})
