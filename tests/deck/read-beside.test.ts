/** The page to read and the deck beside each other: every figure live in the state that is printed, and both without a network. */
import type { BrowserContext, Page } from 'playwright-core'
import { afterEach, expect, it } from 'vitest'
import { builtDeck, gotoSlide, serveDeck } from '../../scripts/lib/deck.ts'
import { publicDeck } from '../../setup/vite/site.ts'
import { readPlan } from '../../talk/plan.ts'
import { standsAt } from '../support/places.ts'
import { numberOf, slideOf, useStage, watch } from '../support/stage.ts'

const stage = useStage()

let context: BrowserContext | undefined
afterEach(() => context?.close())

it('opens every figure live, in a tab beside it and in the state that it shows', async () => {
  const served = await serveDeck(await builtDeck({ page: true }))
  context = await stage.browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' })
  const page = await context.newPage()
  await page.goto(`${served.url}read/`)
  const links = await page.locator('section.slide .live').evaluateAll(all => all.map(link => ({
    alias: link.closest('section')!.id,
    address: link.getAttribute('href')!,
    target: link.getAttribute('target'),
    says: (link.closest('figure') ?? link.closest('section')!.querySelector(`[id="${link.closest('section')!.id}-figure"]`))?.querySelector('details p')?.textContent ?? '',
  })))
  expect(new Set(links.map(({ alias }) => alias)).size).toBe(await page.locator('section.slide').count())
  expect(links.filter(({ target }) => target !== '_blank')).toEqual([])

  const [deck] = await Promise.all([context.waitForEvent('page'), page.locator('#loss .claimed .live').first().click()])
  await deck.waitForURL(`${served.url}#/loss?clicks=4`)
  expect(await standsAt(deck, slideOf('loss'), 4)).toBe(true)
  const wrong: string[] = []
  for (const { alias, address, says } of links) {
    const { no } = slideOf(alias)
    const click = Number(new URLSearchParams(address.split('?')[1]).get('clicks') ?? 0)
    expect(address.startsWith(`../#/${alias}`), address).toBe(true)
    await deck.evaluate(hash => void (location.hash = hash), address.split('#')[1]!)
    if (!await standsAt(deck, slideOf(alias), click))
      wrong.push(`${address} does not come`)
    const shown = await wordsOf(deck, no)
    if (says && plain(shown) !== plain(says))
      wrong.push(`${address} shows “${shown}”, the page “${says}”`)
    const back = await deck.locator(`.slidev-page-${no}`).first().getByRole('link', { name: 'read this as a page' }).getAttribute('href')
    if (!back?.endsWith(`read/#${alias}`))
      wrong.push(`slide “${alias}” leads back to ${back}`)
  }
  expect(wrong).toEqual([])
  await served.close()
})

it('is read with its fonts when the network is gone, after one visit to the deck', async () => {
  const served = await serveDeck(await builtDeck({ site: publicDeck, page: true }), '/talk/')
  const complaints: string[] = []
  context = await stage.browser.newContext({ viewport: { width: 1280, height: 800 } })
  const page = await context.newPage()
  await page.goto(served.url)
  await page.evaluate(() => navigator.serviceWorker.ready)
  await page.waitForFunction(async () => {
    const names = await caches.keys()
    return names.length > 0 && Boolean(await caches.match('./read/index.html', { ignoreSearch: true }))
  })
  await served.close()
  await context.setOffline(true)
  watch(page, complaints)
  await page.goto(`${served.url}read/#loss`)
  expect(await page.locator('#loss h3').innerText()).toBe(slideOf('loss').heading)
  expect(await page.locator('section.slide').count()).toBe((await readPlan({ sense: 'eye' })).filter(({ slide }) => !/^(?:cover|sources|methods|book-)/.test(slide.alias)).length)
  const fonts = await page.evaluate(() => document.fonts.ready.then(all => [...all].map(({ status }) => status)))
  expect(fonts.filter(status => status === 'loaded').length).toBeGreaterThanOrEqual(4)
  expect(fonts.filter(status => status === 'error')).toEqual([])
  // And back to the slide, which the network would not give either.
  await gotoSlide(page, served.url, numberOf('loss'))
  expect(complaints).toEqual([])
})

/** What a slide's figure says to those who do not see it: it follows the figure's state. */
const wordsOf = (page: Page, no: number) => page.evaluate(no => document.querySelector(`.slidev-page-${no} [data-figure] [data-summary]`)?.textContent ?? '', no)
const plain = (text: string) => text.replace(/\s+/g, '')
