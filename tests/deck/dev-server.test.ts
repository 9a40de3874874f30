/**
 * The deck as `npm start` serves it, seen from the speaker's machine and by an unauthorised client: with `--remote`, who
 * may do what; without, that nobody else is let in. A name that leads to this machine without being its own
 * (onlooker.localhost) makes a client unauthorised, as an address of the network would.
 */
import type { Browser, Page } from 'playwright-core'
import type { ChildProcess } from 'node:child_process'
import type { AddressInfo } from 'node:net'
import { spawn } from 'node:child_process'
import { request } from 'node:http'
import { connect, createServer } from 'node:net'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../../talk/slides.ts'
import { readScript } from '../../talk/script.ts'
import { numberOf, openSharedBrowser, slides } from '../support/stage.ts'

const loss = numberOf('loss')
const soon = { timeout: 30_000 }
const password = 'correct horse'

interface Running {
  port: number
  said: () => string
  child: ChildProcess
}

let browser: Browser
let remote: Running
let alone: Running

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}

/** Starts the deck as the command does, and waits until it answers. */
async function start(...options: string[]): Promise<Running> {
  const port = await freePort()
  const child = spawn(process.execPath, [join(root, 'scripts', 'run.mjs'), 'start', '--port', String(port), ...options], { cwd: root, env: { ...process.env, CI: 'true', NODE_ENV: undefined }, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', chunk => (said += String(chunk)))
  const answers = () => ask(port, '/').then(({ status }) => status === 200, () => false)
  for (const end = Date.now() + soon.timeout; !await answers(); await new Promise(resolve => setTimeout(resolve, 200))) {
    if (Date.now() > end || child.exitCode !== null)
      throw new Error(`The deck does not start: ${said}`)
  }
  return { port, child, said: () => said }
}

/** Asks the server, under any name. */
function ask(port: number, path: string, { method = 'GET', host = `localhost:${port}`, cookie = '', send = '' } = {}): Promise<{ status: number | undefined, cookie: string, body: string }> {
  return new Promise((resolve, reject) => {
    request({ host: 'localhost', port, path, method, headers: { host, ...cookie ? { cookie } : {} } }, (response) => {
      let body = ''
      response.on('data', chunk => (body += String(chunk)))
      response.on('end', () => resolve({ status: response.statusCode, cookie: response.headers['set-cookie']?.[0]?.split(';')[0] ?? '', body }))
    }).on('error', reject).end(send)
  })
}

const asOnlooker = (path: string, method = 'GET', cookie = '') => ask(remote.port, path, { method, cookie, host: `onlooker.localhost:${remote.port}` })

beforeAll(async () => {
  browser = await openSharedBrowser()
  // One after the other: the first to start gathers the packages for both.
  remote = await start(`--remote=${password}`)
  alone = await start()
})

afterAll(async () => {
  await browser.close()
  for (const running of [remote, alone]) {
    const ended = new Promise(resolve => running.child.once('exit', resolve))
    running.child.kill()
    await ended
  }
})

const slider = (page: Page) => page.locator(`.slidev-page-${loss} input[type=range]`).first()
const predicted = (page: Page) => page.locator(`.slidev-page-${loss} .big-number`).first().innerText()

it('has what stands in for refused storage before every other module', async () => {
  const page = await ask(alone.port, '/')
  const [first = ''] = page.body.match(/(?<=src=")[^"]+\/@slidev\/client\/main\.ts/) ?? []
  const { body } = await ask(alone.port, first)
  expect(body.match(/^import .*/m)?.[0]).toContain('/addons/live-figures/slidev/fallbacks.ts')
})

describe('the deck, open to the network', () => {
  it('tells the speaker where it stands, with the password', () => {
    if (Object.values(networkInterfaces()).flatMap(all => all ?? []).some(({ family, internal }) => family === 'IPv4' && !internal))
      expect(remote.said()).toContain(`:${remote.port}/presenter/?password=${encodeURIComponent(password)}`)
    expect(remote.said()).toContain('Who has the password may present')
  })

  it('lets an unauthorised client look on, and neither move a figure nor turn a page', async () => {
    const speaker = await (await browser.newContext({ viewport: { width: 1280, height: 720 } })).newPage()
    await speaker.goto(`http://localhost:${remote.port}/presenter/loss`)
    await slider(speaker).waitFor(soon)
    const onlooker = await (await browser.newContext({ viewport: { width: 1280, height: 720 } })).newPage()
    const refused: string[] = []
    onlooker.on('response', response => response.status() >= 400 && refused.push(`${response.status()} for ${response.url()}`))
    await onlooker.goto(`http://onlooker.localhost:${remote.port}/`)
    const pathOf = (page: Page) => new URL(page.url()).pathname
    await expect.poll(() => pathOf(onlooker), { ...soon, message: refused.join('\n') }).toMatch(new RegExp(`^/(?:${loss}|loss)$`))

    await slider(onlooker).waitFor(soon)
    await slider(onlooker).fill('19')
    await expect.poll(() => predicted(onlooker), soon).toBe('2.87')
    await onlooker.keyboard.press('PageUp')
    await expect.poll(() => pathOf(onlooker), soon).toMatch(new RegExp(`^/(?:${loss - 1}|${slides[loss - 2]?.alias})$`))

    // What the speaker does arrives; what the onlooker did before would have arrived earlier.
    await slider(speaker).fill('21')
    await speaker.keyboard.press('PageDown')
    await expect.poll(() => new URL(onlooker.url()).searchParams.get('clicks'), soon).toBe('1')
    expect(pathOf(speaker)).toMatch(new RegExp(`^/presenter/(?:${loss}|loss)$`))
    expect(new URL(speaker.url()).searchParams.get('clicks')).toBe('1')
    expect(refused, 'what an onlooker’s browser needs and does not get').toEqual([])
    await speaker.context().close()
    await onlooker.context().close()
  })

  it('sends an unauthorised client what presenters announce, and nothing that Slidev sends around', async () => {
    const heard = { speaker: '', onlooker: '' }
    const listen = async (name: keyof typeof heard, url: string) => {
      const page = await (await browser.newContext({ viewport: { width: 1280, height: 720 } })).newPage()
      page.on('websocket', socket => socket.on('framereceived', ({ payload }) => (heard[name] += `${String(payload)}\n`)))
      await page.goto(url)
      await slider(page).waitFor(soon)
      return page
    }
    const speaker = await listen('speaker', `http://localhost:${remote.port}/presenter/loss`)
    const onlooker = await listen('onlooker', `http://onlooker.localhost:${remote.port}/loss`)

    // As Slidev does with a note that was edited: to all that are connected.
    await ask(remote.port, '/@server-reactive/probe', { method: 'POST', send: JSON.stringify({ data: { note: 'spoken words' }, timestamp: 1 }) })
    await expect.poll(() => heard.speaker, soon).toContain('spoken words')
    await slider(speaker).fill('20.5')
    await expect.poll(() => slider(onlooker).inputValue(), soon).toBe('20.5')
    expect(heard.onlooker).toContain('figure:')
    expect(heard.onlooker).not.toContain('spoken words')
    await speaker.context().close()
    await onlooker.context().close()
  })

  it('keeps from an unauthorised client the speaker’s pages, the script, the project and the editor', async () => {
    for (const path of ['/presenter/1', '/overview', '/notes/act-1.md'])
      expect((await asOnlooker(path)).status, path).toBe(401)
    for (const path of ['/slides.md', '/package.json', '/__open-in-editor?file=slides.md', '/__mcp', '/slides.md__slidev_3.md?raw', `/@fs${root}/package.json`])
      expect((await asOnlooker(path)).status, path).toBe(403)
    expect((await asOnlooker('/__slidev/slides/3.json', 'POST')).status).toBe(403)

    const module = `/slides.md__slidev_${loss}.frontmatter?import`
    const sentence = readScript(join(root, 'notes')).find(({ alias }) => alias === 'loss')!.spoken.slice(0, 30)
    expect((await ask(remote.port, module)).body).toContain(sentence)
    const { status, body } = await asOnlooker(module)
    expect(status).toBe(200)
    expect(body).toContain('ScalingCurve')
    expect(body).not.toContain(sentence)
  })

  it('lets in who has the password', async () => {
    expect((await asOnlooker('/presenter/1?password=wrong')).status).toBe(401)
    const { status, cookie } = await asOnlooker(`/presenter/1?password=${encodeURIComponent(password)}`)
    expect(status).toBe(302)
    expect((await asOnlooker('/presenter/1', 'GET', cookie)).status).toBe(200)
  })

  it('refuses every password of an address that had tried ten wrong ones, and nobody who is let in already', async () => {
    const { cookie } = await asOnlooker(`/presenter/1?password=${encodeURIComponent(password)}`)
    const answers: (number | undefined)[] = []
    while (answers.at(-1) !== 429 && answers.length < 12)
      answers.push((await asOnlooker('/presenter/1?password=wrong')).status)
    // One was tried before.
    expect(answers.filter(status => status === 401).length).toBeGreaterThanOrEqual(9)
    expect(answers.at(-1)).toBe(429)
    const { status, body } = await asOnlooker(`/presenter/1?password=${encodeURIComponent(password)}`)
    expect(status).toBe(429)
    expect(body).toContain('10 wrong passwords came from this address. Wait a minute')
    expect((await asOnlooker('/presenter/1', 'GET', cookie)).status).toBe(200)
    expect((await ask(remote.port, '/presenter/1')).status).toBe(200)
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

describe('the deck, not open to the network', () => {
  const addresses = Object.values(networkInterfaces()).flatMap(all => all ?? []).filter(({ family, internal }) => family === 'IPv4' && !internal)

  it.skipIf(addresses.length === 0)('does not answer at the address of this machine', async () => {
    const answers = (port: number) => new Promise<boolean>((resolve) => {
      const socket = connect(port, addresses[0]!.address)
      socket.once('connect', () => (socket.destroy(), resolve(true)))
      socket.once('error', () => resolve(false))
    })
    expect(await answers(alone.port)).toBe(false)
    expect(await answers(remote.port)).toBe(true)
  })
})
