/**
 * The deck as `npm start -- --remote` serves it to a network: what a stranger can have of it, and that only the presenter's
 * link leads.
 */
import type { Browser, Page } from 'playwright-core'
import type { Started } from '../support/started.ts'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { fromText, makeKeys, seal } from '#live-figures/room'
import { builtDeck } from '../../scripts/lib/deck.ts'
import { deckFiles } from '../../scripts/lib/finish-site.ts'
import { keptRoom, roomBuild } from '../../scripts/lib/room.ts'
import { readScript } from '../../talk/script.ts'
import { root } from '../../talk/slides.ts'
import { numberOf, openSharedBrowser } from '../support/stage.ts'
import { ask, startCommand } from '../support/started.ts'

const soon = { timeout: 30_000 }
const key = join(root, '.cache', 'remote.key')
let browser: Browser
let remote: Started

beforeAll(async () => {
  browser = await openSharedBrowser()
  // The deck of this room is built, unless it was.
  remote = await startCommand('start', ['--remote'], 240_000)
})

afterAll(async () => {
  await browser?.close()
  await remote?.end()
})

/** A window of its own browser. */
async function open(address: string): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 720 } })).newPage()
  await page.goto(address)
  return page
}

const at = (fragment = '') => `http://localhost:${remote.port}/${fragment}`
const slideOf = (page: Page) => new URL(page.url()).hash.slice(1).split('?')[0]!.split('/').at(-1)
const isAt = (alias: string) => new RegExp(`^(?:${alias}|${numberOf(alias)})$`)
const speak = () => /#\/presenter\/1(#speak=\S+)/.exec(remote.said())?.[1] ?? ''

describe('a stranger in the network', () => {
  it('gets the deck, and nothing of the project', async () => {
    expect((await ask(remote.port, '/')).body).toContain('<title>')
    const wanted = ['/slides.md', '/package.json', '/notes/act-1.md', '/components/ScalingCurve.vue', '/.git/config', '/.cache/remote.key', '/read/', '/@vite/client', '/@slidev/slides', `/@fs${key}`, '/__open-in-editor?file=slides.md', '/__mcp', '/__slidev/slides/1.json', '/presenter/1']
    const paths = ['/..', '/%2e%2e', '/assets/..%2f..', '/assets/../..'].map(up => `${up}/package.json`)
    for (const path of [...wanted, ...paths])
      expect((await ask(remote.port, path)).status, path).toBe(404)
  })

  it('finds no word of the notes, and not the key, in any file of the deck', async () => {
    const room = keptRoom(key)
    const folder = await builtDeck({ room: roomBuild(room) })
    const files = await deckFiles(folder)
    const sentences = readScript(join(root, 'notes')).map(({ spoken }) => spoken.replace(/\[click\]/g, '').trim().slice(0, 40).trim()).filter(sentence => sentence.length > 25)
    expect(sentences.length).toBeGreaterThan(20)
    expect(files.some(file => file.startsWith('assets/notes-'))).toBe(true)
    for (const file of files.filter(file => /\.(?:js|html|css|json|txt)$/.test(file))) {
      const text = await readFile(join(folder, file), 'utf8')
      expect([...sentences, room.seed].filter(secret => text.includes(secret)), file).toEqual([])
    }
    // Windows has no such modes.
    if (process.platform !== 'win32')
      expect((await stat(key)).mode & 0o777).toBe(0o600)
  })

  it('is not heard, whatever he says in a name of his own', async () => {
    const follower = await open(at('#/loss'))
    await follower.locator(`.slidev-page-${numberOf('loss')} h1`).waitFor(soon)
    const { name } = keptRoom(key)
    const socket = new WebSocket(at('room').replace('http', 'ws'))
    const closed = new Promise(resolve => socket.once('close', resolve))
    socket.once('open', () => socket.send(seal({ room: name, from: 'stranger', n: 1, at: Date.now(), kind: 'state', envelope: { from: 'stranger', role: 'presenter', tick: 9, changes: [{ key: 'place', value: { page: 2, clicks: 0, clicksTotal: 0 }, tick: 9, by: 'stranger' }] } }, fromText(makeKeys().seed)!)))
    await closed
    // Another that comes later is told nothing either, and goes where its address says.
    const late = await open(at('#/race'))
    await late.locator(`.slidev-page-${numberOf('race')} h1`).waitFor(soon)
    expect(slideOf(follower)).toMatch(isAt('loss'))
    expect(slideOf(late)).toMatch(isAt('race'))
    await Promise.all([follower, late].map(page => page.context().close()))
  })
})

describe('the presenter’s link', () => {
  it('leads everybody, from whichever machine it is opened, and opens the notes', async () => {
    expect(speak()).not.toBe('')
    const follower = await open(at())
    const presenter = await open(at(`#/presenter/loss${speak()}`))
    const spoken = readScript(join(root, 'notes')).find(({ alias }) => alias === 'loss')!.spoken.replace(/\[click\]/g, '').slice(0, 20)
    await presenter.getByText(spoken).first().waitFor(soon)
    expect(presenter.url()).not.toContain('speak')

    await presenter.keyboard.press('PageDown')
    await expect.poll(() => follower.url(), soon).toMatch(new RegExp(`#/(?:loss|${numberOf('loss')})\\?clicks=1$`))
    const late = await open(at())
    await expect.poll(() => slideOf(late), soon).toMatch(isAt('loss'))
    await Promise.all([follower, presenter, late].map(page => page.context().close()))
  })
})
