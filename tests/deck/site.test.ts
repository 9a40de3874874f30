/**
 * The deck as it stands on a host: under a folder of a plain server, with the headers that the build wrote for hosts, for
 * the public, and at last without any network.
 */
import type { BrowserContext, Page } from 'playwright-core'
import type { Served } from '../../scripts/lib/deck.ts'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Window } from 'happy-dom'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { builtDeck, gotoSlide, serveDeck } from '../../scripts/lib/deck.ts'
import { tokens } from '../../styles/tokens.ts'
import { readHeadmatter, root } from '../../talk/slides.ts'
import { besideTheDeck, deckFiles } from '../../scripts/lib/finish-site.ts'
import { publicDeck } from '../../setup/vite/site.ts'
import { readScript } from '../../talk/script.ts'
import { firstSlideFiles, weigh, wholeDeckFiles } from '../../scripts/lib/weight.ts'
import { placeOf, turnTo } from '../support/places.ts'
import { numberOf, slideOf, slides, useStage, watch } from '../support/stage.ts'

const path = '/a/b/'
const stage = useStage()

let folder: string
let served: Served
let context: BrowserContext
let complaints: string[]

beforeAll(async () => {
  folder = await builtDeck({ site: publicDeck })
  served = await serveDeck(folder, path, { headers: headersOf(await readFile(join(folder, '_headers'), 'utf8')) })
})
afterAll(() => served.close())
afterEach(() => context?.close())

/** What `_headers` says of each path, as the hosts that read it would. */
function headersOf(file: string): (path: string) => Record<string, string> {
  const rules = file.trim().split('\n\n').map((rule) => {
    const [pattern = '', ...lines] = rule.split('\n')
    return { pattern, headers: Object.fromEntries(lines.map(line => line.trim().split(/: (.*)/).slice(0, 2))) as Record<string, string> }
  })
  return (asked) => {
    const matching = rules.filter(({ pattern }) => pattern.endsWith('*') ? `/${asked}`.startsWith(pattern.slice(0, -1)) : `/${asked}` === pattern)
    if (matching.length > 1)
      throw new Error(`${asked} falls under ${matching.length} rules; hosts do different things then.`)
    return matching[0]?.headers ?? {}
  }
}

/** A page that keeps account of errors, of what its policy forbade, and of requests that leave the deck. */
async function openPage(options: Parameters<typeof stage.browser.newContext>[0] = {}): Promise<Page> {
  complaints = []
  context = await stage.browser.newContext({ viewport: { width: 1280, height: 720 }, ...options })
  await context.addInitScript(() => addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample, sourceFile }) => console.error(`forbidden: ${effectiveDirective} ${blockedURI} ${sample} ${sourceFile}`)))
  context.on('page', page => watch(page, complaints))
  context.on('request', request => /^(?:data|blob):/.test(request.url()) || request.url().startsWith(served.url) || complaints.push(`request that leaves the deck: ${request.url()}`))
  context.on('response', response => response.status() < 400 || complaints.push(`${response.status()} for ${response.url()}`))
  return context.newPage()
}

const on = (page: Page, alias: string) => page.locator(`.slidev-page-${numberOf(alias)}`).first()
const captionOf = (page: Page, alias: string) => on(page, alias).locator('figcaption').first().innerText()

/** Looks at every slide in its turn: what a browser has of the deck, it has for all clicks of a slide. */
async function leafThrough(page: Page): Promise<void> {
  for (const { no, heading } of slides) {
    await turnTo(page, no)
    expect(await page.locator(`.slidev-page-${no} h1`).first().innerText()).toBe(heading)
  }
}

/** Starts the run of a slide's figure and waits until its worker has sent something. */
async function runLive(page: Page, alias: string): Promise<void> {
  await on(page, alias).getByRole('button', { name: 'run', exact: true }).click()
  await expect.poll(() => captionOf(page, alias), { timeout: 30_000 }).toMatch(/live,/i)
}

/** Walks the whole deck by key, and finds every heading in its place. */
async function walk(page: Page): Promise<void> {
  for (const slide of slides) {
    for (let click = 0; click <= slide.clicks; click++) {
      await expect.poll(() => placeOf(page, slides), { timeout: 10_000 }).toEqual({ no: slide.no, click })
      await expect.poll(() => page.locator(`.slidev-page-${slide.no} h1`).first().innerText(), { timeout: 10_000 }).toBe(slide.heading)
      await page.keyboard.press('ArrowRight')
    }
  }
}

describe('the files of a build for the public', () => {
  it('hold no sentence of the spoken notes, which a build for the speaker does hold', async () => {
    // Some short sentences are said and shown: what the deck shows may of course be in it.
    const rooms = await Promise.all(['components', 'data'].map(async room => (await deckFiles(join(root, room))).map(file => join(root, room, file))))
    const shown = (await Promise.all([join(root, 'slides.md'), ...rooms.flat()].map(file => readFile(file, 'utf8')))).join('\n')
    const sentences = readScript(join(root, 'notes')).flatMap(({ spoken, asked }) => `${spoken}\n${asked}`
      .replace(/\[click[^\]]*\]|\{(?:long|short): |\}/g, '\n')
      .split(/\n|(?<=[.?!]) /)
      .map(sentence => sentence.trim())
      .filter(sentence => sentence.length > 30 && !shown.includes(sentence)))
    expect(sentences.length).toBeGreaterThan(150)
    const spokenIn = async (folder: string): Promise<string[]> => {
      const texts = await Promise.all((await deckFiles(folder)).filter(file => !/\.(?:woff2|png)$/.test(file)).map(file => readFile(join(folder, file), 'utf8')))
      const all = texts.join('\n')
      return sentences.filter(sentence => all.includes(sentence) || all.includes(JSON.stringify(sentence).slice(1, -1)))
    }
    expect(await spokenIn(folder)).toEqual([])
    expect((await spokenIn(await builtDeck())).length).toBeGreaterThan(sentences.length / 2)
  })

  it('are all asked for by another, or known', async () => {
    const files = await deckFiles(folder)
    const texts = await Promise.all(files.filter(file => /\.(?:html|js|css)$/.test(file) && file !== 'offline.js').map(async file => [file, await readFile(join(folder, file), 'utf8')] as const))
    const known = ['index.html', 'offline.js', ...besideTheDeck]
    const unasked = files.filter(file => !known.includes(file) && !texts.some(([asking, text]) => asking !== file && text.includes(file.split('/').at(-1)!)))
    expect(unasked).toEqual([])

    const asked = texts.flatMap(([, text]) => [...text.matchAll(/[\w.-]+-[\w-]{8}\.(?:js|css|woff2|svg|png)\b/g)].map(([name]) => name))
    expect(asked.length).toBeGreaterThan(100)
    expect([...new Set(asked)].filter(name => !files.some(file => file.endsWith(`/${name}`)))).toEqual([])
  })

  it('are light: 150 kB until the first slide can be read, 900 kB in all', async () => {
    for (const deck of [folder, await builtDeck()]) {
      expect((await weigh(deck, await firstSlideFiles(deck))).gzip).toBeLessThanOrEqual(150_000)
      expect((await weigh(deck, await wholeDeckFiles(deck))).gzip).toBeLessThanOrEqual(900_000)
    }
  })

  it('have a head that says what the talk is, in a language, without stray signs', async () => {
    const { document } = new Window()
    document.write(await readFile(join(folder, 'index.html'), 'utf8'))
    const meta = (name: string) => document.head.querySelector(`meta[name="${name}"], meta[property="${name}"]`)?.getAttribute('content')
    const { title, info: words, author, keywords, htmlAttrs } = await readHeadmatter()
    expect(document.documentElement.lang).toBe(htmlAttrs.lang)
    expect(document.title).toBe(title)
    expect(meta('description')).toBe(words)
    expect(meta('author')).toBe(author)
    expect(meta('keywords')).toBe(keywords)
    expect(meta('referrer')).toBe('no-referrer')
    expect(meta('og:type')).toBe('website')
    for (const network of ['og', 'twitter']) {
      expect(meta(`${network}:title`)).toBe(title)
      expect(meta(`${network}:description`)).toBe(words)
    }
    const files = await deckFiles(folder)
    expect(files).toContain(document.querySelector('link[rel=icon]')?.getAttribute('href')?.slice(2))
    expect(meta('og:image')).toBe(files.includes('social.png') ? './social.png' : undefined)
    for (const scheme of ['light', 'dark'] as const)
      expect(tokens[scheme]).toContain(`--paper: ${document.querySelector(`meta[name=theme-color][media="(prefers-color-scheme: ${scheme})"]`)?.getAttribute('content')};`)
    for (const tag of document.querySelectorAll('meta'))
      expect(tag.getAttribute('content') ?? '').not.toMatch(/["“”]|&quot;/)
    // A deck that does not know its address claims none.
    expect(document.head.innerHTML).not.toMatch(/canonical|og:url|https:\/\//)
  })
})

describe('the deck on a plain host, under a folder, with the headers of its build', () => {
  it('opens on any deep link, again after a refresh, as index.html and as the presenter view', async () => {
    const page = await openPage()
    for (const [link, alias] of [['#/loss?clicks=2', 'loss'], ['#/12', slides[11]!.alias], ['index.html#/race', 'race'], ['#/presenter/morph?clicks=1', 'morph'], ['?a=b#/table', 'table']] as const) {
      await page.goto('about:blank')
      await page.goto(`${served.url}${link}`)
      for (const round of ['opened', 'refreshed']) {
        await expect.poll(() => on(page, alias).locator('h1').innerText(), { message: `${link}, ${round}`, timeout: 10_000 }).toBe(slides[numberOf(alias) - 1]!.heading)
        await page.reload()
      }
    }
    expect(complaints).toEqual([])
  })

  it('obeys its policy everywhere: runs, light and dark, overview, dialogues, presenter, print', async () => {
    const page = await openPage()
    const answer = await page.goto(served.url)
    const headers = answer!.headers()
    expect(headers['content-security-policy']).toMatch(/default-src 'none'; script-src 'self' 'sha256-[\w+/]{43}='; worker-src 'self' blob:;/)
    expect(headers['content-security-policy']).not.toMatch(/unsafe/)
    expect(headers['permissions-policy']).toContain('camera=()')
    expect(headers['referrer-policy']).toBe('no-referrer')
    expect(headers['cache-control']).toBe('no-cache')
    const worker = page.waitForResponse(response => response.url().includes('/workers/'))
    await walk(page)

    await gotoSlide(page, served.url, numberOf('race'), 2)
    await runLive(page, 'race')
    const workerHeaders = (await worker).headers()
    expect(workerHeaders['content-security-policy']).toMatch(/script-src 'self' 'wasm-unsafe-eval'$/)
    expect(workerHeaders['cache-control']).toContain('immutable')
    const kernel = await page.workers()[0]!.evaluate(() => {
      try {
        // The smallest module: eight bytes.
        return Boolean(new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])))
      }
      catch {
        return false
      }
    })
    expect(kernel, 'WebAssembly in a worker').toBe(true)
    await gotoSlide(page, served.url, numberOf('reward'), slideOf('reward').clicks)
    await runLive(page, 'reward')

    for (const key of ['d', 'd', 'o', 'Escape', 'g', 'Escape'])
      await page.keyboard.press(key)
    await page.mouse.move(10, page.viewportSize()!.height - 10)
    await page.getByTitle('More Options').first().click()

    const speaker = await context.newPage()
    await speaker.goto(`${served.url}#/presenter/${numberOf('loss')}`)
    await on(speaker, 'loss').locator('input[type=range]').fill('21')
    expect(await speaker.locator('.slidev-note').first().innerText()).toBe('No notes.')
    await speaker.goto(`${served.url}?print=true#/print`)
    await expect.poll(() => speaker.locator('.print-slide-container').count(), { timeout: 30_000 }).toBe(slides.length)
    await speaker.goto(`${served.url}#/nowhere`)
    expect(complaints).toEqual([])

    // The account can be trusted: what the policy forbids is in it.
    await page.evaluate(() => document.head.append(Object.assign(document.createElement('style'), { textContent: 'p { color: red }' })))
    await expect.poll(() => complaints.join()).toContain('style-src')
    expect(await page.evaluate(() => {
      try {
        return Boolean(new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])))
      }
      catch {
        return false
      }
    }), 'WebAssembly in the page').toBe(false)
  })
})

/** Opens the deck and waits until all of it is in the cache. */
async function keep(page: Page): Promise<void> {
  await page.goto(served.url)
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
  })
}

describe('the deck without a network, opened once before', () => {
  it('is walked to its end, trains networks and has a presenter view', async () => {
    const page = await openPage()
    await keep(page)
    const { port } = new URL(served.url)
    await served.close()
    await context.setOffline(true)
    try {
      await page.reload()
      await leafThrough(page)
      await gotoSlide(page, served.url, numberOf('race'), 2)
      await runLive(page, 'race')
      const speaker = await context.newPage()
      await speaker.goto(`${served.url}#/presenter/${numberOf('loss')}`)
      await on(speaker, 'loss').locator('input[type=range]').fill('21')
      expect(await on(speaker, 'loss').locator('.big-number').first().innerText()).toBe('2.31')
      expect(complaints).toEqual([])
    }
    finally {
      served = await serveDeck(folder, path, { port: Number(port) })
    }
  })

  it('gives way to a new build at the next load, reloads no window by itself, and stays whole offline', async () => {
    const page = await openPage()
    await keep(page)
    const talk = await context.newPage()
    await talk.goto(`${served.url}#/${numberOf('loss')}`)

    // A new build: another page, and a service worker that knows it.
    const next = await mkdtemp(join(tmpdir(), 'deck-'))
    await cp(folder, next, { recursive: true })
    const html = await readFile(join(next, 'index.html'), 'utf8')
    await writeFile(join(next, 'index.html'), html.replace('content="website"', 'content="next"'))
    const worker = await readFile(join(next, 'offline.js'), 'utf8')
    const changed = worker.replace(/("url":"index\.html","revision":")\w{4}/, '$1beef')
    expect(changed === worker, 'the list of files in offline.js').toBe(false)
    await writeFile(join(next, 'offline.js'), changed)
    const { port } = new URL(served.url)
    await served.close()
    served = await serveDeck(next, path, { port: Number(port) })

    const build = (page: Page) => page.evaluate(() => document.querySelector('meta[property="og:type"]')?.getAttribute('content'))
    await page.reload()
    expect(await build(page)).toBe('next')
    await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready
      await registration.update()
    })
    await expect.poll(() => page.evaluate(async () => Boolean((await navigator.serviceWorker.ready).waiting)), { timeout: 20_000 }).toBe(true)
    // The window of the talk has seen nothing of it.
    expect(await build(talk)).toBe('website')

    await page.close()
    await talk.close()
    await served.close()
    const later = await context.newPage()
    await expect.poll(async () => {
      // The new worker takes over once no window has the old one; a window that goes from the deck to the deck keeps it.
      await later.goto('about:blank')
      await later.waitForTimeout(500)
      await later.goto(served.url)
      return build(later)
    }, { timeout: 20_000 }).toBe('next')
    await leafThrough(later)
    expect(complaints).toEqual([])
    await rm(next, { recursive: true })
    served = await serveDeck(folder, path, { port: Number(port) })
  })
})
