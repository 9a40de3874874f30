/**
 * The deck where a browser keeps nothing for it: in a frame on another site, in a sandboxed frame, and with all site data
 * blocked. It is walked there and trains, and what it would have kept ends with the page.
 */
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Frame, Page } from 'playwright-core'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { builtDeck, serveDeck } from '../../scripts/lib/deck.ts'
import { singleFileName } from '../../scripts/lib/finish-site.ts'
import { headerRules } from '../../setup/vite/policy.ts'
import { localDeck } from '../../setup/vite/site.ts'
import { numberOf, slides, useStage } from '../support/stage.ts'

const stage = useStage()

let blog: Server
beforeAll(async () => {
  // Under another name than the deck, which stands at 127.0.0.1: another site.
  blog = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '/', 'http://blog')
    response.setHeader('Content-Type', 'text/html')
    response.end(`<!doctype html><title>A blog</title><iframe ${searchParams.get('sandbox') ?? ''} src="${searchParams.get('src') ?? ''}" width="980" height="552"></iframe>`)
  })
  await new Promise<void>(resolve => blog.listen(0, 'localhost', resolve))
})
afterAll(() => new Promise(resolve => blog.close(resolve)))

const sandboxed = 'sandbox="allow-scripts"'

/** A post of the blog that shows the deck. */
function postWith(src: string, sandbox = ''): string {
  return `http://localhost:${(blog.address() as AddressInfo).port}/?${new URLSearchParams({ src, sandbox }).toString()}`
}

/** The headers that the build writes for hosts. */
async function hostHeaders(folder: string): Promise<(path: string) => Record<string, string>> {
  const policy = (await readFile(join(folder, 'index.html'), 'utf8')).match(/http-equiv="Content-Security-Policy" content="([^"]+)"/)?.[1] ?? ''
  const rules = headerRules(policy)
  return path => rules.find(rule => rule.path.endsWith('*') ? path.startsWith(rule.path.slice(0, -1)) : path === rule.path)?.headers ?? {}
}

/** Opens a page, and gives the innermost frame of it and what goes wrong there. */
async function open(page: Page, url: string): Promise<{ frame: Frame, errors: string[] }> {
  const errors: string[] = []
  page.on('pageerror', error => errors.push(error.message))
  await page.goto(url)
  return { frame: page.frames().at(-1)!, errors }
}

const slide = (frame: Frame, alias: string) => frame.locator(`.slidev-page-${numberOf(alias)}`).first()

/** Nothing is to be had from the browser itself: the storage that answers is the deck's. */
async function keepsNothing(frame: Frame): Promise<void> {
  expect(await frame.evaluate(() => [localStorage, sessionStorage].map(storage => storage instanceof Storage))).toEqual([false, false])
  expect(await frame.evaluate(() => {
    localStorage.setItem('kept', 'on the page')
    return localStorage.getItem('kept')
  })).toBe('on the page')
}

const place = (frame: Frame) => frame.evaluate(() => location.hash)

/** Whether a place is a click of a slide; the address names it by its number or its alias, the first one also not at all. */
function isAt(hash: string, no: number, alias: string): boolean {
  const [name = ''] = hash.replace(/^#\/?/, '').split('?')
  return name === alias || name === String(no) || (name === '' && no === 1)
}

/** Walks the first slides by key, trains on the race, and tries the keys for what a frame may not do. */
async function walkAndTrain(page: Page, frame: Frame): Promise<void> {
  // A frame has the keys once somebody clicked into it.
  await frame.getByRole('heading', { level: 1 }).first().click()
  for (const { no, alias, heading } of slides.slice(0, 6)) {
    await frame.locator(`.slidev-page-${no}`).getByRole('heading', { level: 1, name: heading }).first().waitFor()
    // A browser that stalls takes one key for two: so many presses as it takes.
    for (let before = await place(frame); isAt(before, no, alias); before = await place(frame)) {
      await page.keyboard.press('ArrowRight')
      await expect.poll(() => place(frame), { timeout: 30_000 }).not.toBe(before)
    }
  }
  await keepsNothing(frame)
  for (const key of ['f', 'd', 'o', 'Escape'])
    await page.keyboard.press(key)
  await frame.evaluate((no) => {
    location.hash = `#/${no}?clicks=2`
  }, numberOf('race'))
  await slide(frame, 'race').getByRole('button', { name: 'run', exact: true }).click()
  await expect.poll(() => slide(frame, 'race').locator('figcaption').first().innerText(), { timeout: 60_000 }).toMatch(/Live, [1-9]\d* of/)
}

describe.each([['in a frame on another site', ''], ['in a sandboxed frame that allows scripts alone', sandboxed]])('%s', (_, sandbox) => {
  it('the hosted deck is walked and trains', async () => {
    const folder = await builtDeck()
    const served = await serveDeck(folder, '/deck/', { headers: await hostHeaders(folder) })
    // A new context blocks what belongs to a third party, as most browsers do.
    const page = await stage.browser.newPage()
    const { frame, errors } = await open(page, postWith(served.url, sandbox))
    await walkAndTrain(page, frame)
    expect(errors).toEqual([])
    await page.close()
    await served.close()
  })

  it('so is the deck in one file', async () => {
    const served = await serveDeck(await builtDeck({ site: { ...localDeck, singleFile: true } }))
    const page = await stage.browser.newPage()
    const { frame, errors } = await open(page, postWith(`${served.url}${singleFileName}`, sandbox))
    await walkAndTrain(page, frame)
    expect(errors).toEqual([])
    await page.close()
    await served.close()
  })
})

it('a sandboxed frame says in a sentence, with a link, that its host lets no other site have the scripts', async () => {
  const page = await stage.browser.newPage()
  const { frame } = await open(page, postWith(`${stage.url}#/loss`, sandboxed))
  await frame.getByText('The talk cannot start in this frame; open it in a window of its own').waitFor()
  expect(await frame.getByRole('link').getAttribute('href')).toBe(`${stage.url}#/loss`)
  expect(await frame.getByRole('link').innerText()).toBe(`${stage.url}#/loss`)
  await page.close()
})

it('with all site data blocked the deck is walked and trains', async () => {
  const profile = await mkdtemp(join(tmpdir(), 'profile-'))
  await mkdir(join(profile, 'Default'))
  await writeFile(join(profile, 'Default', 'Preferences'), JSON.stringify({ profile: { default_content_setting_values: { cookies: 2 } } }))
  const context = await chromium.launchPersistentContext(profile, { executablePath: process.env.CHROMIUM_PATH, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
  const page = await context.newPage()
  const { frame, errors } = await open(page, stage.url)
  await walkAndTrain(page, frame)
  expect(errors).toEqual([])
  await page.reload()
  expect(await frame.evaluate(() => localStorage.getItem('kept'))).toBe(null)
  await context.close()
  await rm(profile, { recursive: true })
})
