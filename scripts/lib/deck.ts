/** Building, serving and opening the deck: what the export, the pictures and the browser tests have in common. */
import type { Page } from 'playwright-core'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { SiteOptions } from '../../setup/vite/site.ts'
import type { RoomBuild } from './room.ts'
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { basename, dirname, join } from 'node:path'
import process from 'node:process'
import { setTimeout } from 'node:timers/promises'
import { promisify } from 'node:util'
import sirv from 'sirv'
import { makePage } from '../../read/index.ts'
import { readingFilePolicy, readingPolicy } from '../../setup/vite/policy.ts'
import { localDeck, siteEnvironment } from '../../setup/vite/site.ts'
import { root } from '../../talk/slides.ts'
import { versionEnvironment } from '../../talk/version.ts'
import { openBrowser } from './browser.ts'
import { finishSite } from './finish-site.ts'
import { roomEnvironment } from './room.ts'

/** What is built. */
export interface DeckBuild {
  /** The short version of the talk. */
  short?: boolean
  /** What the deck is for; by default, for this machine. */
  site?: SiteOptions
  /** Whether the page to read is made too, for which a Chromium opens the deck. */
  page?: boolean
  /** The room that it is followed in. */
  room?: RoomBuild
}

/**
 * Builds the static deck into a folder; it may be served under any path.
 * @throws Error with the builder's words when it fails
 */
export async function buildDeck(outDir: string, { short = false, site = localDeck, page, room }: DeckBuild = {}): Promise<void> {
  const slidev = join(root, 'node_modules', '@slidev', 'cli', 'bin', 'slidev.mjs')
  const args = [slidev, 'build', '--router-mode', 'hash', '--base', './', '--out', outDir, ...site.forPublic ? ['--without-notes'] : []]
  // Under Vitest NODE_ENV is `test`, and the bundle would get the libraries' development halves: what is tested is what ships.
  const env = { ...versionEnvironment(short), ...siteEnvironment(site), ...room && roomEnvironment(room), NODE_ENV: 'production' }
  await promisify(execFile)(process.execPath, args, { cwd: root, env, maxBuffer: 1e8 }).catch(({ stdout, stderr }: { stdout: string, stderr: string }) => {
    throw new Error(`slidev build failed:\n${`${stdout}${stderr}`.slice(-4000)}`)
  })
  if (page)
    await addPage(outDir, site)
  await finishSite(outDir, site, room?.settings)
}

/** Makes the page to read in a folder of the deck, and names it in the deck's head, so that slides lead to it. */
async function addPage(folder: string, { address, singleFile }: SiteOptions): Promise<void> {
  const index = join(folder, 'index.html')
  const [served, browser] = await Promise.all([serveDeck(folder), openBrowser()])
  try {
    await makePage(browser, served.url, join(folder, 'read'), { address, policy: singleFile ? readingFilePolicy : readingPolicy })
  }
  finally {
    await browser.close()
    await served.close()
  }
  await writeFile(index, (await readFile(index, 'utf8')).replace('</head>', '<link rel="alternate" href="./read/" title="The talk to read" data-read>\n</head>'))
}

/**
 * A built deck for tests, pictures and the export, built again only when a source has changed. Where another process is
 * building the same one, waits for it.
 * @returns the folder it stands in
 */
export async function builtDeck(deck: DeckBuild = {}): Promise<string> {
  const { short, site = localDeck, page, room } = deck
  const kind = [short && 'short', site.forPublic && 'public', site.singleFile && 'single', site.offline && 'offline', page && 'page', room && 'room', site.address.replace(/\W+/g, '-')].filter(Boolean)
  const folder = join(root, '.cache', ['deck', ...kind, await hashSources(room)].join('-'))
  while (!existsSync(folder) && await isBeingBuilt(folder))
    await setTimeout(200)
  if (!existsSync(folder)) {
    // Built beside and moved into place, so that a build that was cut off is never taken for a deck.
    await mkdir(dirname(folder), { recursive: true })
    const unfinished = await mkdtemp(`${folder}.unfinished-${process.pid}-`)
    try {
      await buildDeck(unfinished, deck)
      await rename(unfinished, folder)
    }
    catch (error) {
      await rm(unfinished, { recursive: true, force: true })
      // Two that began at the same moment made the same.
      if (!existsSync(folder))
        throw error
    }
  }
  await keepNewestDecks(folder)
  return folder
}

/** Whether a process that lives has begun to build the deck of a folder: the name of the unfinished one says which. */
async function isBeingBuilt(folder: string): Promise<boolean> {
  const begun = `${basename(folder)}.unfinished-`
  const builders = (await readdir(dirname(folder)).catch(() => [])).filter(name => name.startsWith(begun)).map(name => Number.parseInt(name.slice(begun.length)))
  return builders.some((builder) => {
    try {
      return process.kill(builder, 0)
    }
    catch {
      return false
    }
  })
}

/** So many of each kind: another command may be using the one before. */
const keptDecks = 3

/** What is under way is left alone for so long. */
const buildingMs = 3_600_000

/**
 * Notes that a deck is in use, and removes the others of its kind but the newest, and builds that were cut off.
 * @param folder the deck, in a folder named `deck-<kind>-<hash>`
 */
export async function keepNewestDecks(folder: string, now = Date.now()): Promise<void> {
  await utimes(folder, now / 1000, now / 1000)
  const cache = dirname(folder)
  const entries = await Promise.all((await readdir(cache)).filter(name => name.startsWith('deck-')).map(async name => ({
    name,
    // Another command may be removing it too.
    usedAt: await stat(join(cache, name)).then(({ mtimeMs }) => mtimeMs, () => now),
  })))
  const unfinished = entries.filter(({ name, usedAt }) => name.includes('.unfinished-') && now - usedAt > buildingMs)
  const ofKind = entries.filter(({ name }) => !name.includes('.unfinished-') && kindOf(name) === kindOf(basename(folder)))
  const old = ofKind.sort((a, b) => b.usedAt - a.usedAt).slice(keptDecks)
  for (const { name } of [...unfinished, ...old])
    await rm(join(cache, name), { recursive: true, force: true })
}

const kindOf = (name: string) => name.slice(0, name.lastIndexOf('-'))

async function hashSources(room?: RoomBuild): Promise<string> {
  const folders = ['addons', 'components', 'composables', 'data', 'lab', 'layouts', 'notes', 'public', 'read', 'setup', 'styles', 'talk', 'scripts/lib']
  const nested = await Promise.all(folders.map(folder => readdir(join(root, folder), { recursive: true, withFileTypes: true })))
  const files = [
    ...nested.flat().filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name)),
    ...(await readdir(root)).filter(file => file.endsWith('.vue') || ['slides.md', 'vite.config.ts', 'package-lock.json'].includes(file)).map(file => join(root, file)),
  ].sort()
  const hash = createHash('sha256').update(JSON.stringify(room ?? ''))
  for (const file of files)
    hash.update(file).update(await readFile(file))
  return hash.digest('hex').slice(0, 12)
}

export interface Served {
  /** Address of the deck, with a slash at its end. */
  url: string
  close: () => Promise<void>
}

/**
 * Serves a built deck on this machine only.
 * @param folder the built deck
 * @param path sub-path to serve it under, with slashes at both ends
 * @param options.port a free one by default
 * @param options.headers what a host sends with a path of the deck, given from its folder on without a slash
 */
export async function serveDeck(folder: string, path = '/', { port = 0, headers }: { port?: number, headers?: (path: string) => Record<string, string> } = {}): Promise<Served> {
  const files = sirv(folder, { dev: true })
  const server = createServer((request, response) => {
    const url = request.url ?? '/'
    if (!url.startsWith(path)) {
      response.writeHead(404).end()
      return
    }
    request.url = url.slice(path.length - 1)
    for (const [name, value] of Object.entries(headers?.(new URL(request.url, 'http://deck').pathname.slice(1)) ?? {}))
      response.setHeader(name, value)
    files(request, response, () => {
      response.writeHead(404).end()
    })
  })
  const { port: taken, close } = await listen(server, port, '127.0.0.1')
  return { url: `http://127.0.0.1:${taken}${path}`, close }
}

/** Starts a server; to close it ends its connections too. */
export async function listen(server: Server, port: number, host?: string): Promise<{ port: number, close: () => Promise<void> }> {
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve))
  return {
    port: (server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => {
      server.closeAllConnections()
      server.close(() => resolve())
    }),
  }
}

/** Goes to a slide of a served deck and waits until it is drawn, fonts included. */
export async function gotoSlide(page: Page, url: string, no: number, clicks = 0): Promise<void> {
  await page.goto(`${url}?at=${no}-${clicks}#/${no}?clicks=${clicks}`)
  const slide = page.locator(`.slidev-page-${no}`).first()
  await slide.waitFor({ state: 'visible' })
  // What stands on a slide comes a moment after its place, the drawing of the cover after that.
  await slide.locator('h1').first().waitFor()
  await page.waitForFunction(no => !document.querySelector(`.slidev-page-${no} [data-loading]`), no)
  await page.evaluate(() => document.fonts.ready)
}
