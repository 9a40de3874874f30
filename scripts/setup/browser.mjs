// @ts-check
/** The Chromium of tests and export, and the tools that the tests read PDFs with: found, or brought here. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join, posix, win32 } from 'node:path'
import process from 'node:process'
import { run, say } from './processes.mjs'

/** @typedef {{ browser?: string, pdfToolsTried?: boolean }} Remembered */

/**
 * A Chromium that starts: one the user has, or one from the system's packages, or Playwright's own.
 * @param {Remembered} stamp what is known from last time; the browser is added to it
 * @param {string} root folder of the project
 * @param {NodeJS.ProcessEnv} env
 * @returns {string} its path
 * @throws Error saying what is missing and what brings it
 */
export function readyBrowser(stamp, root, env) {
  const playwright = join(root, 'node_modules', 'playwright-core')
  const asked = process.env.CHROMIUM_PATH
  if (asked && !existsSync(asked))
    throw new Error(`CHROMIUM_PATH names ${asked}, which does not exist: point it at a Chromium or Chrome, or unset it.`)
  const find = () => [...browserPlaces(), playwrightsBrowser(playwright)].find(path => path && existsSync(path))
  let browser = asked ?? (stamp.browser && existsSync(stamp.browser) ? stamp.browser : find())
  if (!browser) {
    if (mayInstall()) {
      install(['chromium'], 'no Chromium was found, which tests and export need')
    }
    else {
      say('No Chromium found, which tests and export need; fetching Playwright’s …')
      run(process.execPath, [join(playwright, 'cli.js'), 'install', 'chromium'], root, env)
    }
    browser = find()
  }
  if (!browser)
    throw new Error('No Chromium could be found or installed: install Chromium or Google Chrome, or set CHROMIUM_PATH to one, and run this again.')
  // On Windows this question would open a window.
  const problem = browser === stamp.browser || process.platform === 'win32' ? undefined : whyNotStarting(browser, spawnSync(browser, ['--version'], { encoding: 'utf8' }))
  if (problem)
    throw new Error(problem)
  stamp.browser = browser
  return browser
}

/**
 * Firefox, and WebKitGTK with its driver and a screen that nobody sees.
 * @returns {string | undefined} where Firefox is
 * @throws Error saying what is missing and what brings it
 */
export function readyOtherBrowsers() {
  /** The programs of each package, by any of their names. @type {Record<string, string[]>} */
  const needed = { 'firefox-esr': ['firefox-esr', 'firefox'], 'webkit2gtk-driver': ['WebKitWebDriver'], 'xvfb': ['Xvfb'] }
  const found = (/** @type {string} */ name) => (needed[name] ?? []).flatMap(onPath).find(existsSync)
  const missing = () => Object.keys(needed).filter(name => !found(name))
  if (missing().length > 0 && mayInstall())
    install(missing(), 'the tests in Firefox and WebKitGTK need them')
  if (missing().length > 0)
    throw new Error(`npm run test:browsers needs Firefox, WebKitWebDriver and Xvfb, and here ${missing().join(', ')} is missing: on Debian or Ubuntu, sudo apt-get install ${missing().join(' ')} brings it.`)
  return found('firefox-esr')
}

/** Other people's readers of PDF, where the system has them as packages: tried once, and never missed. */
export function readyPdfTools(/** @type {Remembered} */ stamp) {
  const missing = ['pdfinfo', 'qpdf'].filter(tool => !onPath(tool).some(existsSync))
  if (missing.length === 0 || stamp.pdfToolsTried || !mayInstall())
    return
  install(['poppler-utils', 'qpdf'], `the tests read PDFs with ${missing.join(' and ')} too, which this machine lacks`)
  stamp.pdfToolsTried = true
}

/**
 * Installs packages of the system, after saying which and why.
 * @param {string[]} packages
 * @param {string} why
 * @param {{ run: (command: string, args: string[], cwd: string, env: NodeJS.ProcessEnv) => unknown, say: (sentence: string) => void }} [by]
 */
export function install(packages, why, by = { run, say }) {
  by.say(`Installing the system’s package${packages.length > 1 ? 's' : ''} ${packages.join(' and ')} with apt-get: ${why} …`)
  const quiet = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  by.run('apt-get', ['update', '-qq'], '/', quiet)
  by.run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], '/', quiet)
}

/**
 * What keeps a browser from starting, in one sentence with what helps, instead of its own words.
 * @param {string} browser its path
 * @param {{ status: number | null, stderr?: string, error?: Error }} answer what came of asking it for its version
 * @param {boolean} [hasApt] whether the system's packages are Debian's or Ubuntu's
 * @returns {string | undefined} undefined when it starts
 */
export function whyNotStarting(browser, { status, stderr = '', error }, hasApt = existsSync('/usr/bin/apt-get')) {
  if (status === 0)
    return undefined
  // The loader of glibc, and that of musl.
  const library = stderr.match(/error while loading shared libraries: ([^:\s]+)|Error loading shared library ([^:\s]+)/)?.slice(1).find(Boolean)
  if (library) {
    const help = hasApt ? 'run “sudo npx playwright-core install-deps chromium”' : 'install it, or a whole Chromium, from your system’s packages'
    return `The Chromium in ${browser} does not start, because this system lacks ${library} and perhaps more: ${help}, and then this again.`
  }
  const said = error?.message ?? stderr.trim().split('\n')[0]
  return `The Chromium in ${browser} does not start (${said || `it ends with ${status}`}): install Chromium or Google Chrome, or set CHROMIUM_PATH to one that starts, and run this again.`
}

/**
 * Where browsers of the family stand, the likeliest first.
 * @param {string} [platform]
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string[]}
 */
export function browserPlaces(platform = process.platform, env = process.env) {
  const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge']
  if (platform === 'win32') {
    const programs = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].flatMap(folder => folder ?? [])
    return programs.flatMap(folder => [win32.join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'), win32.join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe')])
  }
  const applications = platform === 'darwin' ? ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(name => `/Applications/${name}.app/Contents/MacOS/${name}`) : []
  return [...applications, ...(env.PATH ?? '').split(posix.delimiter).flatMap(folder => names.map(name => posix.join(folder, name)))]
}

/** Where Playwright keeps the Chromium it fetched, by its own account. */
function playwrightsBrowser(/** @type {string} */ playwright) {
  if (!existsSync(playwright))
    return undefined
  const asked = spawnSync(process.execPath, ['-p', `require(${JSON.stringify(playwright)}).chromium.executablePath()`], { encoding: 'utf8' })
  return asked.status === 0 ? asked.stdout.trim() : undefined
}

/** Whether packages of the system can be installed without asking anybody: as root on Debian. */
function mayInstall() {
  return process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
}

function onPath(/** @type {string} */ tool) {
  return (process.env.PATH ?? '').split(delimiter).map(folder => join(folder, process.platform === 'win32' ? `${tool}.exe` : tool))
}
