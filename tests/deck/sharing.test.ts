/** Windows of a built deck: who leads, that they agree, who is not disturbed, and links that show what was shown. */
import type { BrowserContext, Page } from 'playwright-core'
import type { Served } from '../../scripts/lib/deck.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { builtDeck, serveDeck } from '../../scripts/lib/deck.ts'
import { placeOf } from '../support/places.ts'
import { numberOf, slideOf, slides, useStage, watch } from '../support/stage.ts'

const stage = useStage()
const loss = numberOf('loss')

let context: BrowserContext
let complaints: string[]

beforeEach(async () => {
  context = await stage.browser.newContext({ viewport: { width: 1280, height: 720 } })
  complaints = []
})

afterEach(async () => {
  await context.close()
  expect(complaints).toEqual([])
})

const slider = (page: Page, no = loss) => page.locator(`.slidev-page-${no} input[type=range]`).first()
const predicted = (page: Page) => page.locator(`.slidev-page-${loss} .big-number`).first().innerText()
const soon = { timeout: 10_000 }

async function open(address: string, url = stage.url): Promise<Page> {
  const page = await context.newPage()
  watch(page, complaints)
  await page.goto(`${url}#${address}`)
  await page.waitForLoadState('load')
  return page
}

async function openSlide(address: string): Promise<Page> {
  const page = await open(address)
  await slider(page).waitFor({ state: 'visible' })
  return page
}

describe('windows of one browser', () => {
  it('follow presenters, and no viewer but in the place', async () => {
    const speaker = await openSlide('/presenter/loss')
    const audience = await openSlide('/loss')
    const second = await open('/presenter/1')
    await expect.poll(() => placeOf(second, slides).no, soon).toBe(loss)

    await slider(audience).fill('19')
    await expect.poll(() => predicted(audience), soon).toBe('2.87')
    await slider(second).fill('20')
    for (const page of [speaker, audience])
      await expect.poll(() => slider(page).inputValue(), soon).toBe('20')
    await slider(speaker).fill('21')
    for (const page of [second, audience])
      await expect.poll(() => predicted(page), soon).toBe('2.31')

    // The audience's move came first: had it been heard, it would have been seen by now.
    await audience.bringToFront()
    await audience.keyboard.press('PageDown')
    for (const page of [speaker, second, audience])
      await expect.poll(() => placeOf(page, slides), soon).toEqual({ no: loss, click: 1 })
    await second.bringToFront()
    await second.keyboard.press('PageDown')
    for (const page of [speaker, second, audience])
      await expect.poll(() => placeOf(page, slides), soon).toEqual({ no: loss, click: 2 })
  })

  it('go black together at the key of a clicker’s black button, and come back with the next click', async () => {
    const speaker = await openSlide('/presenter/loss')
    const audience = await openSlide('/loss')
    const black = audience.locator('.black-screen')
    const notice = speaker.locator('.black-notice')
    await speaker.bringToFront()
    await speaker.keyboard.press('b')
    await black.waitFor({ state: 'visible' })
    await expect.poll(() => notice.innerText(), soon).toContain('room sees black')
    expect(await black.evaluate(screen => [getComputedStyle(screen).backgroundColor, screen.clientWidth, screen.clientHeight])).toEqual(['rgb(0, 0, 0)', 1280, 720])
    expect(await speaker.locator('.black-screen').count()).toBe(0)
    const late = await open('/loss')
    await late.locator('.black-screen').waitFor({ state: 'visible' })

    await speaker.keyboard.press('PageDown')
    for (const page of [audience, late]) {
      await page.locator('.black-screen').waitFor({ state: 'detached' })
      await expect.poll(() => placeOf(page, slides), soon).toEqual({ no: loss, click: 1 })
    }
    expect(await notice.count()).toBe(0)

    // The clicker’s focus may be in the audience’s window, and its button may send the other key.
    await audience.bringToFront()
    await audience.keyboard.press('.')
    await notice.waitFor({ state: 'visible' })
    await audience.keyboard.press('.')
    await notice.waitFor({ state: 'detached' })
    // In a field to write in it is a letter.
    await speaker.goto(`${stage.url}#/presenter/table`)
    await speaker.locator(`.slidev-page-${numberOf('table')} input.search`).first().click()
    await speaker.keyboard.type('b.')
    expect(await speaker.locator(`.slidev-page-${numberOf('table')} input.search`).first().inputValue()).toBe('b.')
    expect(await notice.count()).toBe(0)
  })

  it('agree again when the speaker comes back to a click at which a figure was moved, whoever was opened in between', async () => {
    const speaker = await openSlide('/presenter/loss')
    const audience = await openSlide('/loss')
    await slider(speaker).fill('20.5')
    await expect.poll(() => slider(audience).inputValue(), soon).toBe('20.5')
    await speaker.bringToFront()
    await speaker.keyboard.press('PageDown')
    await expect.poll(() => placeOf(audience, slides), soon).toEqual({ no: loss, click: 1 })

    await audience.reload()
    await slider(audience).waitFor({ state: 'visible' })
    const late = await openSlide('/presenter/loss')
    await expect.poll(() => placeOf(late, slides), soon).toEqual({ no: loss, click: 1 })
    await speaker.bringToFront()
    await speaker.keyboard.press('PageUp')
    for (const page of [speaker, audience, late]) {
      await expect.poll(() => placeOf(page, slides), soon).toEqual({ no: loss, click: 0 })
      await expect.poll(() => slider(page).inputValue(), soon).toBe('18')
    }

    // And the speaker's own window, opened anew, hears from the others what has ended.
    await speaker.reload()
    await slider(speaker).waitFor({ state: 'visible' })
    await slider(late).fill('19.5')
    for (const page of [speaker, audience])
      await expect.poll(() => slider(page).inputValue(), soon).toBe('19.5')
  })

  it('end a drag at the same value, however fast it was', async () => {
    const speaker = await openSlide('/presenter/loss')
    const audience = await openSlide('/loss')
    await expect.poll(() => slider(audience).inputValue(), soon).toBe('18')
    await speaker.evaluate((no) => {
      const input = document.querySelector<HTMLInputElement>(`.slidev-page-${no} input[type=range]`)!
      for (let move = 0; move <= 200; move++) {
        input.value = (19 + move / 100).toFixed(2)
        input.dispatchEvent(new Event('input', { bubbles: true }))
      }
    }, loss)
    await expect.poll(() => slider(audience).inputValue(), soon).toBe('21')
    expect(await predicted(audience)).toBe(await predicted(speaker))
  })
})

it('two decks on one origin do not disturb each other', async () => {
  let other: Served | undefined
  try {
    // One server, one deck under two paths.
    other = await serveDeck(await builtDeck(), '/')
    const origin = new URL(other.url).origin
    const ours = await context.newPage()
    const theirs = await context.newPage()
    await context.route(`${origin}/*/**`, async (route) => {
      const url = new URL(route.request().url())
      await route.continue({ url: `${origin}/${url.pathname.split('/').slice(2).join('/')}` })
    })
    await ours.goto(`${origin}/one/index.html#/presenter/loss`)
    await theirs.goto(`${origin}/two/index.html#/loss?clicks=1`)
    await slider(ours).waitFor({ state: 'visible' })
    await slider(theirs).waitFor({ state: 'visible' })
    const same = await context.newPage()
    await same.goto(`${origin}/one/#/1`)
    await slider(ours).fill('21')
    // A third window shows that there is something to hear.
    await expect.poll(() => predicted(same), soon).toBe('2.31')
    await ours.bringToFront()
    await ours.keyboard.press('Escape')
    await ours.keyboard.press('PageDown')
    await expect.poll(() => placeOf(same, slides), soon).toEqual({ no: loss, click: 1 })
    await ours.keyboard.press('PageDown')
    await expect.poll(() => placeOf(same, slides), soon).toEqual({ no: loss, click: 2 })
    expect(placeOf(theirs, slides)).toEqual({ no: loss, click: 1 })
    expect(await slider(theirs).inputValue()).toBe('18')
  }
  finally {
    await other?.close()
  }
})

describe('the address', () => {
  it('shows in a fresh browser what was shown, and nothing of it on the next click', async () => {
    const page = await openSlide('/loss?clicks=1')
    await slider(page).fill('20.35')
    await expect.poll(() => new URL(page.url()).hash, soon).toBe('#/loss?clicks=1&horizon=20.35')
    const shown = await predicted(page)
    const entries = await page.evaluate(() => history.length)
    await slider(page).fill('20.5')
    await slider(page).fill('20.35')
    expect(await page.evaluate(() => history.length)).toBe(entries)

    const fresh = await stage.browser.newContext({ viewport: { width: 1280, height: 720 } })
    try {
      for (const view of ['', '/presenter']) {
        const friend = await fresh.newPage()
        await friend.goto(page.url().replace('#/loss', `#${view}/loss`))
        await slider(friend).waitFor({ state: 'visible' })
        await expect.poll(() => predicted(friend), soon).toBe(shown)
        expect(placeOf(friend, slides)).toEqual({ no: loss, click: 1 })
        await friend.close()
      }
      const friend = await fresh.newPage()
      await friend.goto(page.url())
      await slider(friend).waitFor({ state: 'visible' })
      await friend.bringToFront()
      await friend.keyboard.press('PageDown')
      await expect.poll(() => new URL(friend.url()).hash, soon).toBe('#/loss?clicks=2')
      await expect.poll(() => slider(friend).inputValue(), soon).toBe('19')
    }
    finally {
      await fresh.close()
    }
  })

  it('comes back with the way back through the browser’s history', async () => {
    const { clicks } = slideOf('loss')
    const page = await openSlide(`/loss?clicks=${clicks}`)
    await slider(page).fill('19.5')
    await expect.poll(() => new URL(page.url()).hash, soon).toBe(`#/loss?clicks=${clicks}&horizon=19.5`)
    await page.bringToFront()
    await page.keyboard.press('PageDown')
    await expect.poll(() => placeOf(page, slides).no, soon).toBe(loss + 1)
    expect(page.url()).not.toContain('horizon')
    await page.goBack()
    await expect.poll(() => slider(page).inputValue(), soon).toBe('19.5')
  })

  it('full of nonsense shows the plan, without an error', async () => {
    const page = await openSlide('/loss?clicks=1&horizon=1e999&revealed=&constructor=1&horizon=%00')
    expect(await slider(page).inputValue()).toBe('18')
    await expect.poll(() => new URL(page.url()).hash, soon).toBe('#/loss?clicks=1')
  })

  it('opened while a talk is on shows what the speaker shows', async () => {
    const speaker = await openSlide('/presenter/loss')
    await slider(speaker).fill('21')
    await speaker.waitForTimeout(1500)
    const late = await openSlide('/loss?clicks=0&horizon=16.5')
    await expect.poll(() => predicted(late), soon).toBe('2.31')
    expect(await slider(speaker).inputValue()).toBe('21')
  })
})
