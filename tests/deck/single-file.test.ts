/** The deck in one file, opened from a disk with the network off: what a speaker has on a memory stick. */
import type { Page } from 'playwright-core'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { builtDeck, gotoSlide } from '../../scripts/lib/deck.ts'
import { deckFiles, singleFileName, singlePageName } from '../../scripts/lib/finish-site.ts'
import { inspectSlide } from '../../scripts/lib/inspect-slide.ts'
import { localDeck } from '../../setup/vite/site.ts'
import { placeOf } from '../support/places.ts'
import { numberOf, slides, useStage, watch } from '../support/stage.ts'

const stage = useStage()

it('is walked, trains networks, prints, and keeps two windows together', async () => {
  const built = await builtDeck({ site: { ...localDeck, singleFile: true }, page: true })
  expect(await deckFiles(built)).toEqual([singlePageName, singleFileName])
  const stick = await mkdtemp(join(tmpdir(), 'stick-'))
  await cp(built, stick, { recursive: true })
  const url = pathToFileURL(join(stick, singleFileName)).href
  const readUrl = pathToFileURL(join(stick, singlePageName)).href

  const complaints: string[] = []
  const context = await stage.browser.newContext({ viewport: { width: 1280, height: 720 }, reducedMotion: 'reduce' })
  await context.setOffline(true)
  await context.addInitScript(() => addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => console.error(`forbidden: ${effectiveDirective} ${blockedURI}`)))
  context.on('page', page => watch(page, complaints))
  context.on('request', request => /^(?:data|blob):/.test(request.url()) || [url, readUrl].includes(request.url().split(/[?#]/)[0]!) || complaints.push(`request: ${request.url()}`))
  const on = (page: Page, alias: string) => page.locator(`.slidev-page-${numberOf(alias)}`).first()
  const prediction = (page: Page) => on(page, 'loss').locator('.big-number').first().innerText()

  const page = await context.newPage()
  await page.goto(url)
  for (const slide of slides.slice(0, 6)) {
    for (let click = 0; click <= slide.clicks; click++) {
      await expect.poll(() => placeOf(page, slides), { timeout: 10_000 }).toEqual({ no: slide.no, click })
      await expect.poll(() => page.locator(`.slidev-page-${slide.no} h1`).first().innerText()).toBe(slide.heading)
      expect(await page.evaluate(inspectSlide, slide.no)).toEqual([])
      await page.keyboard.press('ArrowRight')
    }
  }
  await gotoSlide(page, url, numberOf('race'), 2)
  await on(page, 'race').getByRole('button', { name: 'run', exact: true }).click()
  await expect.poll(() => on(page, 'race').locator('figcaption').first().innerText(), { timeout: 30_000 }).toMatch(/Live/)
  expect(page.workers().map(worker => worker.url().split(':')[0])).toEqual(['blob'])
  expect(await page.evaluate(inspectSlide, numberOf('race'))).toEqual([])

  await gotoSlide(page, url, numberOf('loss'))
  const speaker = await context.newPage()
  await speaker.goto(`${url}#/presenter/${numberOf('loss')}`)
  await on(speaker, 'loss').locator('input[type=range]').fill('21')
  expect(await prediction(speaker)).toBe('2.31')
  await expect.poll(() => prediction(page), { timeout: 5000 }).toBe('2.31')
  expect((await speaker.locator('.slidev-note').first().innerText()).length).toBeGreaterThan(200)

  // To its paragraph in the page to read beside it, which has its fonts inside, and from there to the slide.
  const [read] = await Promise.all([context.waitForEvent('page'), on(page, 'loss').getByRole('link', { name: 'read this as a page' }).click()])
  await read.waitForURL(`${readUrl}#loss`)
  expect(await read.evaluate(() => document.fonts.ready.then(fonts => [...fonts].filter(({ status }) => status === 'loaded').length))).toBeGreaterThanOrEqual(4)
  expect(await read.evaluate(() => [...document.fonts].filter(({ status }) => status === 'error').length)).toBe(0)
  const [live] = await Promise.all([context.waitForEvent('page'), read.locator('#metric > .claimed .live').click()])
  await expect.poll(() => placeOf(live, slides)).toEqual({ no: numberOf('metric'), click: 2 })
  await live.locator(`.slidev-page-${numberOf('metric')} h1`).first().waitFor()

  await page.goto(`${url}?print=true#/print`)
  await expect.poll(() => page.locator('.print-slide-container h1').count(), { timeout: 30_000 }).toBeGreaterThanOrEqual(slides.length)
  expect(complaints).toEqual([])
  await context.close()
  await rm(stick, { recursive: true })
})
