/** What may go wrong during a talk, made to go wrong on purpose: the talk goes on, says so quietly, and loses nothing. */
import type { BrowserContext, Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { gotoSlide } from '../../scripts/lib/deck.ts'
import { placeOf } from '../support/places.ts'
import { numberOf, slideOf, slides, useStage } from '../support/stage.ts'

const stage = useStage()

let context: BrowserContext
/** Errors that nobody caught. */
let errors: string[]
/** The error of a worker, which has no other listener than the figure; each window's worker has it in its own time. */
const ofWorker = 'injected into the worker'

/** Windows of a busy machine take their time. */
const patiently = { timeout: 30_000 }

beforeEach(async () => {
  // The offline cache would answer before a script can be changed on its way.
  context = await stage.browser.newContext({ viewport: { width: 1280, height: 720 }, serviceWorkers: 'block' })
  errors = []
  context.on('weberror', (error) => {
    const { message } = error.error()
    if (!message.includes(ofWorker))
      errors.push(message)
  })
})

afterEach(async () => {
  await context.close()
  expect(errors).toEqual([])
})

const on = (page: Page, no: number) => page.locator(`#slideshow > .slidev-page-${no}`)
const caption = (page: Page, no: number) => on(page, no).locator('figcaption').innerText()
const seedsDone = async (page: Page, no: number) => Number((await caption(page, no)).match(/Live, (\d+) of/)?.[1] ?? 0)

/** Turns to the next slide and says that it stands there, whole. */
async function goesOn(page: Page): Promise<void> {
  const before = placeOf(page, slides).no
  for (let press = 0; press < 6 && placeOf(page, slides).no === before; press++) {
    await page.keyboard.press('PageDown')
    await page.waitForTimeout(50)
  }
  const { no } = placeOf(page, slides)
  expect(no).toBe(before + 1)
  await on(page, no).getByRole('heading', { level: 1, name: slides[no - 1]!.heading }).waitFor()
}

/**
 * Changes a script on its way to the page.
 * @param holds a text by which the script is known
 * @param change gives the script the page gets, or undefined for none at all
 * @returns how many scripts were met
 */
async function sabotage(page: Page, holds: string, change: (script: string) => string | undefined): Promise<() => number> {
  let met = 0
  await page.route('**/*.js', async (route) => {
    const response = await route.fetch().catch(() => undefined)
    const body = await response?.text().catch(() => undefined)
    // The page is closed already: parts of the deck come long after the slide that was looked at.
    if (!response || body === undefined)
      return
    if (!body.includes(holds))
      return route.fulfill({ response, body })
    met++
    const changed = change(body)
    return changed === undefined ? route.abort() : route.fulfill({ response, body: changed })
  })
  return () => met
}

/** Stands in the template of a figure, inside of a text with values. */
const evidenceCaption = 'against decoder-only: comparisons of '

describe('a slide that fails', () => {
  it('is drawn again, still, when its figure fails once', async () => {
    const page = await context.newPage()
    const met = await sabotage(page, evidenceCaption, script => script.replace(evidenceCaption, `\${(()=>{if(self.failedOnce)return"";self.failedOnce=true;throw new Error("injected")})()}${evidenceCaption}`))
    const evidence = numberOf('evidence')
    await gotoSlide(page, stage.url, evidence)
    await on(page, evidence).getByText('shown still: the live part failed').waitFor()
    expect(met()).toBe(1)
    expect(await on(page, evidence).locator('svg').count()).toBeGreaterThan(0)
    await goesOn(page)
  })

  it('keeps its heading and says so when a part of it cannot be drawn at all', async () => {
    const page = await context.newPage()
    // A number that is not in the table any more.
    const met = await sabotage(page, '"lecture.date":', script => script.replace('"lecture.date":', '"lecture.gone":'))
    const promise = numberOf('promise')
    await gotoSlide(page, stage.url, promise)
    await on(page, promise).getByText('What stands here cannot be drawn. It is told in the notes.').waitFor()
    expect(met()).toBe(1)
    expect(await on(page, promise).locator('h1').innerText()).toBe(slideOf('promise').heading)
    await goesOn(page)
  })

  it('keeps its heading and says so when it does not load', async () => {
    const page = await context.newPage()
    const met = await sabotage(page, evidenceCaption, () => undefined)
    const evidence = numberOf('evidence')
    await gotoSlide(page, stage.url, evidence)
    await on(page, evidence).getByText('This slide did not load.').waitFor()
    expect(met()).toBeGreaterThan(0)
    expect(await on(page, evidence).locator('h1').innerText()).toBe(slideOf('evidence').heading)
    await goesOn(page)
  })
})

describe('a live run', () => {
  const race = numberOf('race')
  const run = (page: Page) => on(page, race).getByRole('button', { name: 'run', exact: true })

  it.each([
    ['no workers', () => Reflect.deleteProperty(window, 'Worker')],
    ['workers that cannot be made', () => Reflect.set(window, 'Worker', function Refused() {
      throw new Error('refused')
    })],
  ])('shows its recording, and why, in a browser with %s', async (_, fault) => {
    const page = await context.newPage()
    await page.addInitScript(fault)
    await gotoSlide(page, stage.url, race, 2)
    await run(page).click()
    await on(page, race).getByText('shown still: no worker').waitFor()
    expect(await caption(page, race)).toContain('Recorded, 40 seeds')
    await goesOn(page)
  })

  it('that dies in the middle shows its recording; the speaker’s place and figures are there after a reload', async () => {
    const speaker = await context.newPage()
    const audience = await context.newPage()
    const met = await sabotage(speaker, 'ask===', script => `setTimeout(()=>{throw new Error("${ofWorker}")},600);${script}`)
    await gotoSlide(audience, stage.url, race, 2)
    await speaker.goto(`${stage.url}#/presenter/${race}?clicks=2`)
    await on(speaker, race).getByRole('button', { name: 'seed 1' }).click()
    await on(audience, race).getByRole('button', { name: 'seed 2' }).waitFor()
    await run(speaker).click()
    await on(speaker, race).getByText(new RegExp(`shown still: the worker broke down: .*${ofWorker}`)).waitFor({ timeout: 30_000 })
    expect(met()).toBeGreaterThan(0)
    expect(await caption(speaker, race)).toContain('Recorded, 40 seeds')

    await speaker.reload()
    await on(speaker, race).locator('figcaption').waitFor()
    expect(placeOf(speaker, slides)).toEqual({ no: race, click: 2 })
    // From the other window, which still has it.
    await on(speaker, race).getByRole('button', { name: 'seed 2' }).waitFor()
  })

  it('needs no WebAssembly, no canvas and no WebGL', async () => {
    const page = await context.newPage()
    await page.addInitScript(() => {
      HTMLCanvasElement.prototype.getContext = () => {
        throw new Error('no canvas')
      }
    })
    const met = await sabotage(page, 'WebAssembly', script => `delete globalThis.WebAssembly;${script}`)
    await gotoSlide(page, stage.url, race, 2)
    await run(page).click()
    await expect.poll(() => seedsDone(page, race), { timeout: 90_000 }).toBeGreaterThanOrEqual(1)
    expect(met()).toBe(1)
    await goesOn(page)
  })

  it('goes on after the lid was closed, though its answer is overdue by then', async () => {
    const page = await context.newPage()
    await page.clock.install()
    await gotoSlide(page, stage.url, race, 2)
    await run(page).click()
    await expect.poll(() => caption(page, race), { timeout: 30_000 }).toContain('Live')
    const before = await seedsDone(page, race)
    // The page's timers stand still for five minutes, then fire once; a worker that is asked answers a moment later.
    await page.clock.fastForward(5 * 60 * 1000)
    await expect.poll(() => seedsDone(page, race), { timeout: 90_000 }).toBeGreaterThan(before)
    expect(await on(page, race).getByText('shown still').count()).toBe(0)
    await goesOn(page)
  })

  it('stays paused when the window was frozen while it was paused', async () => {
    const page = await context.newPage()
    const session = await context.newCDPSession(page)
    await gotoSlide(page, stage.url, race, 2)
    await run(page).click()
    await expect.poll(() => caption(page, race), { timeout: 30_000 }).toContain('Live')
    await on(page, race).getByRole('button', { name: 'pause' }).click()
    await page.waitForTimeout(300)
    const paused = await caption(page, race)
    await session.send('Page.setWebLifecycleState', { state: 'frozen' })
    await page.waitForTimeout(1500)
    await session.send('Page.setWebLifecycleState', { state: 'active' })
    expect(await caption(page, race)).toBe(paused)
    expect(placeOf(page, slides)).toEqual({ no: race, click: 2 })
    await goesOn(page)
  })
})

describe('a browser that lacks something', () => {
  it.each(['', 'presenter/'])('shows the talk without channels between its windows (#/%s)', async (view) => {
    const page = await context.newPage()
    await page.addInitScript(() => Reflect.deleteProperty(window, 'BroadcastChannel'))
    await page.goto(`${stage.url}#/${view}${numberOf('loss')}`)
    await on(page, numberOf('loss')).locator('input[type=range]').first().fill('21')
    await expect.poll(() => on(page, numberOf('loss')).locator('.big-number').first().innerText(), patiently).toBe('2.31')
    await goesOn(page)
  })

  it.each(['', 'presenter/'])('shows the talk when its storage is full (#/%s)', async (view) => {
    const page = await context.newPage()
    await page.addInitScript(() => {
      Storage.prototype.setItem = () => {
        throw new DOMException('full', 'QuotaExceededError')
      }
    })
    await page.goto(`${stage.url}#/${view}${numberOf('loss')}`)
    await on(page, numberOf('loss')).locator('input[type=range]').first().fill('21')
    await expect.poll(() => on(page, numberOf('loss')).locator('.big-number').first().innerText(), patiently).toBe('2.31')
    await goesOn(page)
  })
})

it('a second presenter window opens and closes without moving the first', async () => {
  const loss = numberOf('loss')
  const first = await context.newPage()
  await first.goto(`${stage.url}#/presenter/${loss}?clicks=2`)
  await on(first, loss).locator('input[type=range]').first().fill('20')
  const shown = await on(first, loss).locator('.big-number').first().innerText()

  const second = await context.newPage()
  await second.goto(`${stage.url}#/presenter/${loss}?clicks=2`)
  await expect.poll(() => on(second, loss).locator('.big-number').first().innerText(), patiently).toBe(shown)
  await second.close()
  expect(placeOf(first, slides)).toEqual({ no: loss, click: 2 })
  expect(await on(first, loss).locator('.big-number').first().innerText()).toBe(shown)
  await goesOn(first)
})
