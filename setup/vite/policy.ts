/**
 * What the page may do, in one table: it becomes the meta tags of index.html and the header files of the usual hosts.
 *
 * A policy in a meta tag is law for the page but not for a worker, which has the headers it comes with. Permissions-Policy
 * exists as a header only. So a host that takes one of the header files is stricter than one that takes none, and the deck
 * works under both. Any site may embed it: there is nothing in it to be tricked into.
 */
import type { RoomSettings } from '#live-figures/room'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

/** Directives of a Content-Security-Policy, each with its sources. */
type Policy = Readonly<Record<string, readonly string[]>>

/** As a header and a meta tag have it. */
function write(policy: Policy): string {
  return Object.entries(policy).map(([directive, sources]) => [directive, ...sources].join(' ')).join('; ')
}

const nowhere = ['\'none\''] as const
const here = ['\'self\''] as const

/**
 * The policy of the deck's page, for `<meta http-equiv="Content-Security-Policy">`.
 * @param scripts texts of the scripts in the page
 * @param room the room of the build: its server is the one address the page may talk to
 */
export const sitePolicy = (scripts: readonly string[], room?: RoomSettings): string => write({
  'default-src': nowhere,
  ...room && { 'connect-src': room.server ? [new URL(room.server).origin] : here },
  'script-src': [...here, ...scripts.map(hashSource)],
  // In a sandboxed frame a worker is made from a text of the page (startWorker of addons/live-figures), which is under the page's policy.
  'worker-src': [...here, 'blob:'],
  'style-src': [...here, hashSource(shellStyle())],
  'font-src': here,
  // Slidev's icons are drawn in its style sheet.
  'img-src': [...here, 'data:'],
  'base-uri': nowhere,
  'form-action': nowhere,
})

/**
 * The policy of a deck in one file: nothing may come from anywhere, and what is in the file is named by its hash.
 * @param scripts texts of the scripts in the page
 * @param styles texts of the style sheets in the page
 */
export const singleFilePolicy = (scripts: readonly string[], styles: readonly string[]): string => write({
  'default-src': nowhere,
  // The worker is made from a text of the page, and so has the page's policy: it is what compiles WebAssembly.
  'script-src': [...scripts.map(hashSource), '\'wasm-unsafe-eval\''],
  'worker-src': ['blob:'],
  'style-src': [...styles, shellStyle()].map(hashSource),
  'font-src': ['data:'],
  'img-src': ['data:'],
  'base-uri': nowhere,
  'form-action': nowhere,
})

/** The policy of the page to read, which runs no script: for its meta tag and its headers. */
export const readingPolicy = reading(here)

/** The same for the page as a file of its own, with its fonts inside. */
export const readingFilePolicy = reading(['data:'])

function reading(from: readonly string[]): string {
  return write({
    'default-src': nowhere,
    'style-src': ['\'unsafe-inline\''],
    'font-src': from,
    'img-src': from,
    'base-uri': nowhere,
    'form-action': nowhere,
  })
}

/** What may be done by a worker that trains networks: run itself, and compile WebAssembly. */
const workerPolicy: Policy = { 'default-src': nowhere, 'script-src': ['\'self\'', '\'wasm-unsafe-eval\''] }

/** What of the machine the page may use: the screen whole and awake, and its own picture for the presenter's mirror. */
const permissions = {
  ...Object.fromEntries(['fullscreen', 'screen-wake-lock', 'display-capture', 'clipboard-write'].map(feature => [feature, '(self)'])),
  ...Object.fromEntries(['accelerometer', 'autoplay', 'camera', 'clipboard-read', 'geolocation', 'gyroscope', 'hid', 'magnetometer', 'microphone', 'midi', 'payment', 'publickey-credentials-get', 'serial', 'usb', 'xr-spatial-tracking'].map(feature => [feature, '()'])),
}

export const referrerPolicy = 'no-referrer'

/** Headers for some paths of the deck. */
export interface HeaderRule {
  /** A path from the deck's own folder, without a slash at its start: '' is the page, `*` for all in a folder. */
  path: string
  headers: Record<string, string>
}

/**
 * The headers of every path of a deck.
 * @param page policy of the page, as sitePolicy() gives it
 */
export function headerRules(page: string): HeaderRule[] {
  // No path falls under two rules: hosts differ in what they do when two set the same header.
  const everywhere = { 'X-Content-Type-Options': 'nosniff' }
  const document = {
    ...everywhere,
    'Content-Security-Policy': page,
    'Permissions-Policy': Object.entries(permissions).map(([feature, who]) => `${feature}=${who}`).join(', '),
    'Referrer-Policy': referrerPolicy,
    'Cache-Control': 'no-cache',
  }
  // Every name in these folders carries a hash of its contents. A sandboxed frame has no origin, and asks for modules and
  // fonts as any other site would.
  const forever = { ...everywhere, 'Cache-Control': 'public, max-age=31536000, immutable', 'Access-Control-Allow-Origin': '*' }
  return [
    { path: '', headers: document },
    { path: 'index.html', headers: document },
    { path: 'read/*', headers: { ...document, 'Content-Security-Policy': readingPolicy } },
    { path: 'offline.js', headers: { ...everywhere, 'Cache-Control': 'no-cache' } },
    { path: 'assets/*', headers: forever },
    { path: 'workers/*', headers: { ...forever, 'Content-Security-Policy': write(workerPolicy) } },
  ]
}

/**
 * The header files of the usual hosts, by name.
 * @param rules as headerRules() gives them
 * @param folder path of the deck on its host, with slashes at both ends
 */
export function hostFiles(rules: readonly HeaderRule[], folder: string): Record<string, string> {
  return {
    // Netlify and Cloudflare Pages.
    '_headers': rules.map(({ path, headers }) => [`${folder}${path}`, ...lines(headers, (name, value) => `  ${name}: ${value}`)].join('\n')).join('\n\n').concat('\n'),
    'vercel.json': `${JSON.stringify({
      headers: rules.map(({ path, headers }) => ({
        source: `${folder}${path.replace('*', '(.*)')}`,
        headers: Object.entries(headers).map(([key, value]) => ({ key, value })),
      })),
    }, undefined, 2)}\n`,
    // Apache: the file lies in the deck's own folder, and the host may have no mod_headers.
    '.htaccess': `<IfModule mod_headers.c>\n${rules.map(({ path, headers }) => [
      `  <If "%{REQUEST_URI} =~ m#/${expression(path)}$#">`,
      ...lines(headers, (name, value) => `    Header always set ${name} "${value}"`),
      '  </If>',
    ].join('\n')).join('\n')}\n</IfModule>\n`,
    // nginx: to be included in a server block.
    'nginx.conf': `${rules.map(({ path, headers }) => [
      path.includes('*') ? `location ^~ ${folder}${path.replace('*', '')} {` : `location = ${folder}${path} {`,
      // The page of a folder is found by another round through the locations, which must not add the headers twice.
      ...(path === '' ? [`  rewrite ^ ${folder}index.html last;`] : lines(headers, (name, value) => `  add_header ${name} "${value}" always;`)),
      '}',
    ].join('\n')).join('\n')}\n`,
  }
}

const lines = (headers: Record<string, string>, line: (name: string, value: string) => string) => Object.entries(headers).map(([name, value]) => line(name, value))

/** A path as the end of a regular expression; the page's own is its folder. */
function expression(path: string): string {
  return path.replace(/[.+]/g, '\\$&').replace('*', '.+')
}

/**
 * The one style that Slidev writes into the page: it stops transitions while light and dark change.
 * @throws Error when Slidev has changed it, because the policy would then forbid it without a word
 */
function shellStyle(): string {
  const file = join(createRequire(import.meta.url).resolve('@slidev/client/package.json'), '..', 'logic', 'dark.ts')
  const style = readFileSync(file, 'utf8').match(/const CSS_DISABLE_TRANS = '([^']+)'/)?.[1]
  if (!style)
    throw new Error(`${file} has no CSS_DISABLE_TRANS any more: look what it writes into the page now.`)
  return style
}

/** A text as a policy names it. */
const hashSource = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
