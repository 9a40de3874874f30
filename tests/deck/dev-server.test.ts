/**
 * The deck as `npm start` serves it: to this machine, and to its own pages alone. Who presents to others has another server
 * (remote.test.ts).
 */
import type { Browser, Page } from 'playwright-core'
import type { AddressInfo } from 'node:net'
import type { Started } from '../support/started.ts'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../../talk/slides.ts'
import { openSharedBrowser } from '../support/stage.ts'
import { ask, startCommand } from '../support/started.ts'

const soon = { timeout: 30_000 }

let browser: Browser
let alone: Started

beforeAll(async () => {
  browser = await openSharedBrowser()
  alone = await startCommand('start', [])
})

afterAll(async () => {
  await browser?.close()
  await alone?.end()
})

/** An empty page of another site: another host, by its name. */
async function servePage(): Promise<{ url: string, close: () => void }> {
  const server = createServer((_, response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html>'))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => server.close() }
}

it('has what stands in for refused storage before every other module', async () => {
  const page = await ask(alone.port, '/')
  const [first = ''] = page.body.match(/(?<=src=")[^"]+\/@slidev\/client\/main\.ts/) ?? []
  const { body } = await ask(alone.port, first)
  expect(body.match(/^import .*/m)?.[0]).toContain('/addons/live-figures/slidev/fallbacks.ts')
})

describe('a page of another site, open in the speaker’s browser', () => {
  const foreign = { 'origin': 'https://evil.example', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }
  const script = join(root, 'slides.md')

  it('cannot write a slide, nor the state of the windows, nor start the editor', async () => {
    const before = await readFile(script, 'utf8')
    const first = JSON.stringify({ content: 'written by another site' })
    for (const path of ['/__slidev/slides/1.json', '/@server-reactive/nav'])
      expect((await ask(alone.port, path, { method: 'POST', headers: foreign, send: first })).status, path).toBe(403)
    expect((await ask(alone.port, '/__open-in-editor?file=slides.md', { headers: { ...foreign, 'sec-fetch-dest': 'image' } })).status).toBe(403)
    expect(await readFile(script, 'utf8')).toBe(before)
  })

  it('cannot open the server’s WebSocket, which a page of the deck can', async () => {
    const address = `http://localhost:${alone.port}`
    const opens = (page: Page, token: string) => page.evaluate(({ port, token }) => new Promise<boolean>((resolve) => {
      const socket = new WebSocket(`ws://localhost:${port}/?token=${token}`, 'vite-hmr')
      socket.onopen = () => resolve(true)
      socket.onerror = () => resolve(false)
    }), { port: alone.port, token })
    const page = await (await browser.newContext()).newPage()
    await page.goto(`${address}/favicon.svg`)
    const token = await page.evaluate(async () => (await (await fetch('/@vite/client')).text()).match(/wsToken = "([^"]+)"/)?.[1] ?? '')
    expect(token).not.toBe('')
    expect(await opens(page, token)).toBe(true)

    const other = await servePage()
    await page.goto(other.url)
    expect(await opens(page, 'guessed')).toBe(false)
    expect(await page.evaluate(url => fetch(url).then(({ ok }) => ok, () => false), `${address}/@vite/client`), 'reads the token').toBe(false)
    other.close()
    await page.context().close()
  })

  it('cannot come in under another name that leads here', async () => {
    expect((await ask(alone.port, '/', { host: `evil.example:${alone.port}` })).status).toBe(403)
  })

  it('may link to the deck', async () => {
    const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
    expect((await ask(alone.port, '/loss', { headers: link })).status).toBe(200)
    expect((await ask(alone.port, '/__open-in-editor?file=slides.md', { headers: link })).status).toBe(403)
  })
})

describe('the clock', () => {
  it('runs on when the presenter view is opened again on another slide, whose address is another path', async () => {
    const speaker = await (await browser.newContext({ viewport: { width: 1280, height: 720 } })).newPage()
    const pace = () => speaker.locator('.plan-clock .pace').innerText()
    await speaker.goto(`http://localhost:${alone.port}/presenter/1`)
    await speaker.locator('.plan-clock').waitFor(soon)
    expect(await pace()).toBe('not started')
    await speaker.keyboard.press('ArrowRight')
    await expect.poll(pace, soon).not.toBe('not started')
    for (const page of ['3', 'loss']) {
      await speaker.goto(`http://localhost:${alone.port}/presenter/${page}`)
      await speaker.locator('.plan-clock').waitFor(soon)
      expect(await pace(), page).not.toBe('not started')
    }
    await speaker.context().close()
  })
})

describe('the network', () => {
  const addresses = Object.values(networkInterfaces()).flatMap(all => all ?? []).filter(({ family, internal }) => family === 'IPv4' && !internal)

  it.skipIf(addresses.length === 0)('does not answer at the address of this machine', async () => {
    const answers = (port: number) => new Promise<boolean>((resolve) => {
      const socket = connect(port, addresses[0]!.address)
      socket.once('connect', () => (socket.destroy(), resolve(true)))
      socket.once('error', () => resolve(false))
    })
    expect(await answers(alone.port)).toBe(false)
  })
})
