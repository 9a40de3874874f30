/**
 * Firefox and WebKitGTK behind one interface: what the walk needs of a browser, and no more. Playwright drives neither as a
 * system has them. Firefox speaks WebDriver BiDi, for which there is Puppeteer; WebKitGTK speaks the older W3C WebDriver,
 * of which the few commands here are a request each.
 */
import type { ChildProcess } from 'node:child_process'
import type { Readable } from 'node:stream'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import process from 'node:process'
import puppeteer from 'puppeteer-core'

export interface Engine {
  openWindow: (url: string) => Promise<EngineWindow>
  close: () => Promise<void>
}

export interface EngineWindow {
  /** Runs a function in the page, which may use nothing from outside; its result is given as JSON can. */
  run: <Args extends unknown[], Result>(code: (...args: Args) => Result, ...args: Args) => Promise<Awaited<Result>>
  /** Runs a classic script that declares this name, for the whole page. */
  declare: (name: string, script: string) => Promise<void>
  press: (key: 'ArrowRight') => Promise<void>
  /** What went wrong in the page since this was last asked. */
  complaints: () => Promise<string[]>
}

/** Size of every window's page: that of a slide. */
const viewport = { width: 980, height: 552 }

/** Firefox as set-up found it. */
export async function openFirefox(): Promise<Engine> {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: process.env.FIREFOX_PATH,
    defaultViewport: viewport,
    extraPrefsFirefox: { 'ui.prefersReducedMotion': 1 },
  })
  return {
    async openWindow(url) {
      const page = await browser.newPage()
      const complaints: string[] = []
      page.on('console', (message) => {
        if (['error', 'warn'].includes(message.type()))
          complaints.push(`console ${message.type()}: ${message.text()}`)
      })
      page.on('pageerror', error => complaints.push(`page error: ${String(error)}`))
      page.on('requestfailed', request => complaints.push(`request failed: ${request.url()}`))
      page.on('response', (response) => {
        if (response.status() >= 400)
          complaints.push(`${response.status()} for ${response.url()}`)
      })
      await page.goto(url)
      return {
        run: (code, ...args) => page.evaluate(code as (...args: unknown[]) => unknown, ...args) as never,
        declare: async (name, script) => {
          await page.evaluate(`${script};window.${name} = ${name};undefined`)
        },
        press: key => page.keyboard.press(key),
        complaints: async () => complaints.splice(0),
      }
    },
    close: () => browser.close(),
  }
}

/**
 * Gathers what goes wrong in a page, for a driver that does not tell: the first script of the page, see `listeningDeck`.
 * Runs in the page, so it may use nothing from outside.
 */
export function listen(): void {
  const heard: string[] = []
  Object.assign(window, { heard })
  window.addEventListener('error', (event) => {
    const { target } = event
    heard.push(target instanceof Element ? `did not load: ${target.outerHTML}` : `page error: ${event.message}`)
  }, true)
  window.addEventListener('unhandledrejection', event => heard.push(`unhandled: ${String(event.reason)}`))
  document.addEventListener('securitypolicyviolation', event => heard.push(`forbidden by the page itself: ${event.blockedURI}`))
  for (const level of ['error', 'warn'] as const) {
    const { [level]: say } = console
    console[level] = (...words: unknown[]) => {
      heard.push(`console ${level}: ${words.map(String).join(' ')}`)
      say(...words)
    }
  }
}

/** WebKitGTK’s MiniBrowser on a screen of its own, which nobody sees. */
export async function openWebKit(): Promise<Engine> {
  const screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1200x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
  const [display] = await once(screen.stdio[3] as Readable, 'data') as [Buffer]
  const port = await freePort()
  const driver = spawn('WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], { env: { ...process.env, DISPLAY: `:${String(display).trim()}` }, stdio: 'ignore' })
  const server = `http://127.0.0.1:${port}`
  await answers(`${server}/status`, driver)

  const { sessionId } = await ask<{ sessionId: string }>(`${server}/session`, { capabilities: { alwaysMatch: {} } })
  const session = `${server}/session/${sessionId}`
  const call = <Result>(command: string, body: object = {}) => ask<Result>(`${session}/${command}`, body)
  const execute = <Result>(script: string, args: unknown[] = []) => call<Result>('execute/sync', { script, args })
  let fresh = true
  return {
    async openWindow(url) {
      const handle = fresh ? await ask<string>(`${session}/window`) : (await call<{ handle: string }>('window/new', { type: 'window' })).handle
      fresh = false
      // A command goes to the window that was chosen last.
      const here = async <Result>(work: () => Promise<Result>) => {
        await call('window', { handle })
        return work()
      }
      await here(async () => {
        await call('url', { url })
        await call('window/rect', viewport)
        const [width, height] = await execute<[number, number]>('return [innerWidth, innerHeight]')
        await call('window/rect', { width: 2 * viewport.width - width, height: 2 * viewport.height - height })
      })
      return {
        run: (code, ...args) => here(() => execute(`return (${code.toString()})(...arguments)`, args)),
        declare: (name, script) => here(() => execute(`${script};window.${name} = ${name}`)),
        // Slidev turns on while a key is held for a second, and on a busy machine the driver takes longer than that to let go.
        press: key => here(() => execute(`for (const type of ['keydown', 'keyup']) document.body.dispatchEvent(new KeyboardEvent(type, { key: arguments[0], code: arguments[0], bubbles: true, cancelable: true }))`, [key])),
        complaints: () => here(() => execute<string[]>('return window.heard.splice(0)')),
      }
    },
    async close() {
      await fetch(session, { method: 'DELETE' })
      driver.kill()
      screen.kill()
    },
  }
}

/** A command of WebDriver; without a body, a question. */
async function ask<Result>(url: string, body?: object): Promise<Result> {
  const response = await fetch(url, body && { method: 'POST', body: JSON.stringify(body) })
  const { value } = await response.json() as { value: Result & { error?: string, message?: string } }
  if (!response.ok)
    throw new Error(`${url.replace(/.*\/session\/[^/]*/, 'WebKitWebDriver ')}: ${value.error} ${value.message}`)
  return value
}

async function answers(url: string, driver: ChildProcess): Promise<void> {
  while (driver.exitCode === null) {
    try {
      await fetch(url)
      return
    }
    catch {
      await new Promise(resolve => setTimeout(resolve, 50))
    }
  }
  throw new Error(`WebKitWebDriver ended at once, with code ${driver.exitCode}.`)
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as { port: number }
  probe.close()
  return port
}
