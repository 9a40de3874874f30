/** What a built deck still needs to be put on a host: header files, and the worker that keeps it for later. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { headerRules, hostFiles, singleFilePolicy, sitePolicy } from '../../setup/vite/policy.ts'
import { roomOfBuild, type SiteOptions } from '../../setup/vite/site.ts'

/** The one file of a build with `--single-file`. */
export const singleFileName = 'structure-is-a-loan.html'

/** The page to read beside it. */
export const singlePageName = 'structure-is-a-loan-read.html'

/** What lies beside the deck for its host and for machines: no window of the talk asks for it. */
export const besideTheDeck = [...Object.keys(hostFiles([], '/')), 'licences.txt', 'social.png']

/** What other commands put into dist/, beside the deck. */
export const otherOutputs = ['export', 'pictures', 'bench', 'single', 'site']

/** Every file of a built deck, as paths from its folder. */
export async function deckFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1).replaceAll('\\', '/')).sort()
}

/**
 * Finishes what Slidev built in a folder.
 * @param room the room it was built with; by default, as the environment has it
 */
export async function finishSite(folder: string, site: SiteOptions, room = roomOfBuild()): Promise<void> {
  // Both send every unknown path to the deck, which a deck whose places stand after the # has no use for; under a folder
  // they would also be wrong.
  for (const file of ['404.html', '_redirects'])
    await rm(join(folder, file), { force: true })

  if (site.singleFile) {
    await putIntoOneFile(folder)
    return
  }

  if (site.offline)
    await listFiles(folder)
  const policy = sitePolicy(inlineScripts(await readFile(join(folder, 'index.html'), 'utf8')), room)
  const path = site.address ? new URL(site.address).pathname : '/'
  for (const [name, content] of Object.entries(hostFiles(headerRules(policy), path)))
    await writeFile(join(folder, name), content)
}

/** Puts what the page names into the page, what the page to read names into that, and leaves nothing else in the folder. */
async function putIntoOneFile(folder: string): Promise<void> {
  const page = await readFile(join(folder, 'index.html'), 'utf8')
  const scripts = inlineScripts(page)
  const plain = scripts.length
  const styles: string[] = []
  const read = (file: string) => readFileSync(join(folder, file), 'utf8')
  const inside = (file: string, type: string) => `data:${type};base64,${readFileSync(join(folder, file)).toString('base64')}`
  const pageToRead = page.includes('data-read')
    ? read('read/index.html')
        .replace(/url\('?\.\/(fonts\/[^')]+)'?\)/g, (_, file: string) => `url(${inside(`read/${file}`, 'font/woff2')})`)
        .replace('href="../favicon.svg"', `href="${inside('favicon.svg', 'image/svg+xml')}"`)
        .replaceAll('href="../', `href="./${singleFileName}`)
    : undefined
  const body = page
    .replace('href="./read/"', `href="./${singlePageName}"`)
    .replace(/<link rel="preload"[^>]*>\n/g, '')
    .replace(/<link rel="stylesheet"[^>]*href="\.\/([^"]+)"[^>]*>/g, (_, file: string) => {
      styles.push(read(file))
      return `<style>${styles.at(-1)}</style>`
    })
    .replace(/<link rel="icon" href="\.\/([^"]+)"/, (_, file: string) => `<link rel="icon" href="${inside(file, 'image/svg+xml')}"`)
    .replace(/<script type="module"[^>]*src="\.\/([^"]+)"[^>]*><\/script>/g, (_, file: string) => {
      // Neither may stand in a script that stands in a page; in a string or an expression both mean the same.
      scripts.push(read(file).replace(/<(?=\/script|!--)/gi, '\\x3C'))
      return `<script type="module">${scripts.at(-1)}</script>`
    })
    // The words of the licences go where the deck goes.
    .replace('</body>', () => `<script type="text/plain" id="licences">\n${read('licences.txt').replaceAll('</', '< /')}</script>\n</body>`)
    .replace(/(http-equiv="Content-Security-Policy" content=")[^"]*/, (_, start: string) => `${start}${singleFilePolicy(scripts, styles)}`)
  const rest = body.replace(/<(script|style)\b[^>]*>[\s\S]*?<\/\1>/g, '').match(/\.\/(?:assets|workers)\/[^"]+/)
  const modules = scripts.length - plain
  if (rest || modules !== 1)
    throw new Error(`The deck does not fit into one file: ${rest ? `the page still names ${rest[0]}` : `it has ${modules} modules`}.`)
  for (const entry of await readdir(folder))
    await rm(join(folder, entry), { recursive: true })
  await writeFile(join(folder, singleFileName), body)
  if (pageToRead)
    await writeFile(join(folder, singlePageName), pageToRead)
}

/** The texts of the plain scripts that stand in a page. */
function inlineScripts(page: string): string[] {
  return [...page.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, script = '']) => script)
}

/** Tells the service worker which files the deck has. */
async function listFiles(folder: string): Promise<void> {
  const worker = join(folder, 'offline.js')
  const files = (await deckFiles(folder)).filter(file => file !== 'offline.js' && !besideTheDeck.includes(file))
  const entries = await Promise.all(files.map(async url => ({
    url,
    // The name of an asset changes with its contents; of the others the contents are compared.
    revision: /^(?:assets|workers)\//.test(url) ? null : createHash('sha256').update(await readFile(join(folder, url))).digest('hex').slice(0, 16),
  })))
  const parts = (await readFile(worker, 'utf8')).split('DECK_FILES')
  if (parts.length !== 2)
    throw new Error(`The service worker has ${parts.length - 1} places for the list of files; it takes 1.`)
  await writeFile(worker, parts.join(JSON.stringify(entries)))
}
