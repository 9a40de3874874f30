/** A room: a deck on one host, a server that carries what the presenter says, and everybody else in a browser of their own. */
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import type { Served } from '../../scripts/lib/deck.ts'
import type { Room } from '../../scripts/lib/room.ts'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fromText, makeKeys, publicKeyOf, seal, subjectsOf, toText } from '#live-figures/room'
import { builtDeck, serveDeck } from '../../scripts/lib/deck.ts'
import { deckFiles } from '../../scripts/lib/finish-site.ts'
import { makeStream, speak, startServer } from '../../scripts/lib/nats.ts'
import { serveRoom } from '../../scripts/lib/relay.ts'
import { roomBuild } from '../../scripts/lib/room.ts'
import { firstSlideFiles, weigh, wholeDeckFiles } from '../../scripts/lib/weight.ts'
import { localDeck } from '../../setup/vite/site.ts'
import { readPlan } from '../../talk/plan.ts'
import { placeOf } from '../support/places.ts'
import { freePort } from '../support/started.ts'
import { numberOf, openSharedBrowser, slides } from '../support/stage.ts'

const soon = { timeout: 20_000 }
const [loss, race] = [numberOf('loss'), numberOf('race')]
// The same for all runs, so that its deck is built once.
const seed = new Uint8Array(32).fill(16)
const room: Room = { name: 'tests-of-rooms', seed: toText(seed), key: toText(publicKeyOf(seed)) }
const strangersSeed = fromText(makeKeys().seed)!

let stage: Stage
let browser: Browser
const contexts: BrowserContext[] = []
const complaints: string[] = []

/** A room's deck on a host, and a server that may be taken away. */
interface Stage {
  deck: Served
  start: () => Promise<void>
  kill: () => Promise<void>
  /** Forgets what was said, while it is away. */
  empty: () => Promise<void>
  /** Puts a message on the way as a hostile server would, or as whoever gets that far. */
  carry: (message: Uint8Array<ArrayBuffer>) => Promise<void>
  close: () => Promise<void>
}

/** A hosted deck keeps itself in the browser’s cache; the relay serves one that does not. */
const hosted = { ...localDeck, offline: true }
const roomDeck = (server = '') => builtDeck({ site: server ? hosted : localDeck, room: roomBuild(room, server) })

async function overRelay(): Promise<Stage> {
  const folder = await roomDeck()
  const serve = (port?: number) => serveRoom(folder, { name: room.name, key: publicKeyOf(seed) }, { host: '127.0.0.1', ...port && { port } })
  let deck = await serve()
  const { url } = deck
  return {
    deck,
    start: async () => { deck = await serve(Number(new URL(url).port)) },
    kill: () => deck.close(),
    empty: () => Promise.resolve(),
    carry: async (message) => {
      const socket = new WebSocket(`${url.replace('http', 'ws')}room`)
      await new Promise(resolve => socket.addEventListener('open', resolve))
      socket.send(message)
      await new Promise(resolve => socket.addEventListener('close', resolve))
    },
    close: () => deck.close(),
  }
}

async function overNats(): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'room-'))
  const port = await freePort()
  const server = `ws://127.0.0.1:${port}`
  let running = await startServer(room, folder, port)
  const deck = await serveDeck(await roomDeck(server))
  return {
    deck,
    start: async () => {
      running = await startServer(room, folder, port)
      await makeStream(room, server)
    },
    kill: async () => {
      const ended = new Promise(resolve => running.process.once('exit', resolve))
      running.process.kill('SIGKILL')
      await ended
    },
    empty: () => rm(folder, { recursive: true, force: true }),
    carry: async (message) => {
      const connection = await speak(server, room.seed)
      connection.publish(subjectsOf(room.name).acts, message)
      await connection.close()
    },
    close: async () => {
      await deck.close()
      await running.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A browser of its own: no window of it hears another but through the room. */
async function enter(hash: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, ...options })
  contexts.push(context)
  const page = await context.newPage()
  page.on('pageerror', error => complaints.push(error.message))
  await page.goto(`${stage.deck.url}${hash}`)
  return page
}

const present = async () => {
  const speaker = await enter(`#/presenter/${loss}#speak=${room.seed}`)
  await slider(speaker).waitFor()
  return speaker
}
const slider = (page: Page) => page.locator(`.slidev-page-${loss} input[type=range]`).first()
const predicted = (page: Page) => page.locator(`.slidev-page-${loss} .big-number`).first().innerText()
const caption = (page: Page) => page.locator(`.slidev-page-${race} figcaption`).first().innerText()
const at = (page: Page) => placeOf(page, slides)
const mark = (page: Page) => page.locator('.room-mark')

beforeAll(async () => {
  browser = await openSharedBrowser()
})

afterAll(() => browser?.close())

afterEach(async () => {
  await Promise.all(contexts.splice(0).map(context => context.close()))
  expect(complaints.splice(0)).toEqual([])
})

for (const [name, open] of [['the relay', overRelay], ['a server of NATS', overNats]] as const) {
  describe.skipIf(open === overNats && !process.env.NATS_SERVER_PATH)(`a talk over ${name}`, () => {
    beforeAll(async () => {
      stage = await open()
    })

    afterAll(() => stage?.close())

    // Every talk has a room of its own: one that was used says where the talk is.
    beforeEach(async () => {
      await stage.kill()
      await stage.empty()
      await stage.start()
    })

    it('is followed on every screen, figures too, and by who comes late', async () => {
      const speaker = await present()
      const follower = await enter('')
      const phone = await enter('', { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true })
      for (const page of [follower, phone])
        await expect.poll(() => at(page), soon).toEqual({ no: loss, click: 0 })
      await speaker.keyboard.press('b')
      for (const page of [follower, phone])
        await expect.poll(() => page.locator('.black-screen').count(), soon).toBe(1)
      await speaker.keyboard.press('PageDown')
      for (const page of [follower, phone])
        await expect.poll(() => at(page), soon).toEqual({ no: loss, click: 1 })
      await expect.poll(() => follower.locator('.black-screen').count(), soon).toBe(0)

      await slider(speaker).fill('21')
      for (const page of [follower, phone])
        await expect.poll(() => predicted(page), soon).toBe('2.31')
      const late = await enter('')
      await expect.poll(() => at(late), soon).toEqual({ no: loss, click: 1 })
      await expect.poll(() => predicted(late), soon).toBe('2.31')
    })

    it('runs the race in every follower’s own browser, and pauses it there with the speaker’s', async () => {
      const speaker = await present()
      const follower = await enter('')
      await expect.poll(() => at(follower).no, soon).toBe(loss)
      await speaker.evaluate((no) => { location.hash = `#/presenter/${no}?clicks=2` }, race)
      await expect.poll(() => at(follower), soon).toEqual({ no: race, click: 2 })
      await speaker.locator(`.slidev-page-${race}`).first().getByRole('button', { name: 'run', exact: true }).click()
      for (const page of [speaker, follower])
        await expect.poll(() => caption(page), { timeout: 120_000 }).toMatch(/Live, [1-9]\d* of/)
      expect([speaker.workers().length, follower.workers().length]).toEqual([1, 1])
      await speaker.locator(`.slidev-page-${race}`).first().getByRole('button', { name: 'pause', exact: true }).click()
      await expect.poll(() => follower.locator(`.slidev-page-${race}`).first().getByRole('button', { name: 'run', exact: true }).count(), soon).toBe(1)
    })

    it('lets a follower look around and come back, who then moves nobody', async () => {
      const speaker = await present()
      const [follower, other] = [await enter(''), await enter('')]
      for (const page of [follower, other])
        await expect.poll(() => at(page), soon).toEqual({ no: loss, click: 0 })
      expect(await mark(follower).innerText()).toBe('')
      await follower.keyboard.press('PageUp')
      await expect.poll(() => at(follower).no, soon).toBe(loss - 1)
      await expect.poll(() => mark(follower).innerText(), soon).toBe(`The speaker is at slide ${loss} · follow`)
      await speaker.keyboard.press('PageDown')
      await expect.poll(() => at(other), soon).toEqual({ no: loss, click: 1 })
      expect(at(follower).no).toBe(loss - 1)
      expect(at(speaker)).toEqual({ no: loss, click: 1 })
      await mark(follower).getByRole('button').click()
      await expect.poll(() => at(follower), soon).toEqual({ no: loss, click: 1 })
      expect(await mark(follower).innerText()).toBe('')
      await speaker.keyboard.press('PageDown')
      await expect.poll(() => at(follower), soon).toEqual({ no: loss, click: 2 })
    })

    it('is led from the projector’s window too, where a clicker may have its focus, and no mark is shown there', async () => {
      const speaker = await present()
      const projector = await speaker.context().newPage()
      await projector.goto(stage.deck.url)
      const follower = await enter('')
      for (const page of [projector, follower])
        await expect.poll(() => at(page), soon).toEqual({ no: loss, click: 0 })
      await projector.keyboard.press('PageDown')
      for (const page of [speaker, follower])
        await expect.poll(() => at(page), soon).toEqual({ no: loss, click: 1 })
      await stage.kill()
      await expect.poll(() => mark(follower).innerText(), soon).toBe('Connection lost, trying again')
      await projector.keyboard.press('PageDown')
      await expect.poll(() => at(speaker), soon).toEqual({ no: loss, click: 2 })
      expect(await mark(projector).innerText()).toBe('')
      await stage.start()
      await expect.poll(() => at(follower), { timeout: 60_000 }).toEqual({ no: loss, click: 2 })
    })

    it('goes on while the server is away, and is caught up with', async () => {
      const speaker = await present()
      const [follower, unlucky] = [await enter(''), await enter('')]
      for (const page of [follower, unlucky])
        await expect.poll(() => at(page), soon).toEqual({ no: loss, click: 0 })

      await unlucky.context().setOffline(true)
      await expect.poll(() => mark(unlucky).innerText(), soon).toBe('Connection lost, trying again')
      await speaker.keyboard.press('PageDown')
      await expect.poll(() => at(follower), soon).toEqual({ no: loss, click: 1 })
      expect(at(unlucky)).toEqual({ no: loss, click: 0 })
      await unlucky.context().setOffline(false)
      await expect.poll(() => at(unlucky), soon).toEqual({ no: loss, click: 1 })

      await stage.kill()
      for (const page of [speaker, follower])
        await expect.poll(() => mark(page).innerText(), soon).toBe('Connection lost, trying again')
      await speaker.keyboard.press('PageDown')
      await expect.poll(() => at(speaker), soon).toEqual({ no: loss, click: 2 })
      await stage.start()
      for (const page of [follower, unlucky])
        await expect.poll(() => at(page), { timeout: 60_000 }).toEqual({ no: loss, click: 2 })
      await expect.poll(() => mark(speaker).innerText(), soon).toBe('')
    })

    it('is led by the presenter’s link alone, whatever a stranger’s window says it is', async () => {
      const speaker = await present()
      const follower = await enter('')
      const stranger = await enter(`#/presenter/1#speak=${toText(strangersSeed)}`)
      const curious = await enter('#/presenter/1')
      const besideCurious = await curious.context().newPage()
      await besideCurious.goto(stage.deck.url)
      for (const page of [follower, curious, besideCurious])
        await expect.poll(() => at(page).no, soon).toBe(loss)
      await expect.poll(() => mark(stranger).innerText(), soon).toBe('This link leads in another room.')
      await expect.poll(() => curious.locator('.slidev-note').first().innerText(), soon).toBe('The notes of this talk open by the presenter’s link alone.')
      for (const page of [stranger, curious]) {
        await page.keyboard.press('PageUp')
        await expect.poll(() => at(page).no, soon).not.toBe(loss)
      }
      const envelope = { from: 'stranger', role: 'presenter' as const, tick: 2 ** 50, changes: [{ key: 'place', value: { page: 1, clicks: 0, clicksTotal: 0 }, tick: 2 ** 50, by: 'stranger' }] }
      await stage.carry(seal({ room: room.name, from: 'stranger', n: 1, at: Date.now(), kind: 'act', envelope }, strangersSeed))
      await speaker.keyboard.press('PageDown')
      // A window of the speaker's side asks for no way back: this one is none.
      await besideCurious.keyboard.press('PageUp')
      await expect.poll(() => mark(besideCurious).innerText(), soon).toBe(`The speaker is at slide ${loss} · follow`)
      await expect.poll(() => at(follower), soon).toEqual({ no: loss, click: 1 })
      expect(at(speaker)).toEqual({ no: loss, click: 1 })
    })

    it('keeps the seed in the presenter’s tab: out of the address, through a reload and every turn', async () => {
      const asked: string[] = []
      const speaker = await present()
      speaker.on('request', request => asked.push(request.url(), JSON.stringify(request.headers())))
      const follower = await enter('')
      await expect.poll(() => at(follower).no, soon).toBe(loss)
      await speaker.keyboard.press('PageDown')
      await expect.poll(() => at(follower), soon).toEqual({ no: loss, click: 1 })
      await speaker.reload()
      await slider(speaker).waitFor()
      await expect.poll(() => speaker.locator('.slidev-note').first().innerText(), soon).not.toContain('notes')
      await speaker.keyboard.press('PageDown')
      await expect.poll(() => at(follower), soon).toEqual({ no: loss, click: 2 })
      expect(await speaker.evaluate(() => `${location.href} ${JSON.stringify(history.state)}`)).not.toMatch(/speak/)
      expect(asked.length).toBeGreaterThan(10)
      expect(asked.join()).not.toContain(room.seed)
    })
  })
}

describe('the build', () => {
  it('has no byte of a room without one, and at most 60 kB more with one; its first slide waits for little of it', async () => {
    const [plain, over] = [await builtDeck({ site: hosted }), await roomDeck('wss://nats.example.org')]
    const texts = async (folder: string) => Promise.all((await deckFiles(folder)).map(file => readFile(join(folder, file), 'latin1')))
    const traces = /speak=|room-mark|DECK_ROOM|connect-src|live-figures:speak|NATS|presenter’s link/
    expect((await texts(plain)).filter(text => traces.test(text))).toEqual([])
    expect((await texts(over)).some(text => traces.test(text))).toBe(true)
    const gzip = async (folder: string, files: string[]) => (await weigh(folder, files)).gzip
    expect(await gzip(over, await wholeDeckFiles(over)) - await gzip(plain, await wholeDeckFiles(plain))).toBeLessThan(60_000)
    expect(await gzip(over, await firstSlideFiles(over)) - await gzip(plain, await firstSlideFiles(plain))).toBeLessThan(2000)
  })

  it('names the server of the room and nothing else, and its notes are in none of its files', async () => {
    const over = await roomDeck('wss://nats.example.org')
    for (const file of ['index.html', '_headers'])
      expect(await readFile(join(over, file), 'utf8')).toContain('connect-src wss://nats.example.org;')
    const { note } = (await readPlan()).find(({ slide }) => slide.no === loss)!
    const words = note.spoken.replace(/\[click\]/g, ' ').match(/\w+ \w+ \w+ \w+/)![0]
    const holding = async (folder: string) => (await Promise.all((await deckFiles(folder)).map(file => readFile(join(folder, file), 'utf8')))).filter(text => text.includes(words)).length
    expect(await holding(await builtDeck({ site: hosted }))).toBe(1)
    expect(await holding(over)).toBe(0)
  })
})
