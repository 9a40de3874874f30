/**
 * What stands on the host: the deck of today at the root, the same under v/<version>/ to stay there, and beside each deck
 * a page of what can be taken along. Older versions are carried over from what is published already, untouched.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { otherOutputs } from './finish-site.ts'
import { tokenRules } from '../../styles/tokens.ts'
import { root } from '../../talk/slides.ts'

export interface Publication {
  /** The built deck. */
  deck: string
  /** Files to take along: the folder of the export. */
  files: string
  /** What is published already; its versions are kept. */
  published?: string
  /** Where the site goes. */
  out: string
  version: string
  /** Whether the words that are spoken may be had, as they may unless said: the handouts and the sources hold them. */
  notes?: boolean
  /** Address of the source repository, where it is known. */
  repository?: string
}

/** What can be taken along, in the order of the page. `needed`: has to be there. `notes`: says what is spoken. */
const offers = [
  { file: 'slides.pdf', name: 'Slides', words: 'PDF, one page a slide', needed: true, notes: false },
  { file: 'handout-a4.pdf', name: 'Handout, A4', words: 'PDF, the talk to read, with its figures', needed: true, notes: true },
  { file: 'handout-letter.pdf', name: 'Handout, Letter', words: 'PDF, the talk to read, with its figures', needed: false, notes: true },
  { file: 'slides-clicks.pdf', name: 'Slides with every click', words: 'PDF, one page a click', needed: false, notes: false },
  { file: 'sources.zip', name: 'Sources', words: 'all that the deck is made from, to build and change it', needed: false, notes: true },
]

/**
 * Packs the sources as they are committed. A copy of the project without its history has none to offer; an older file goes
 * in any case.
 * @throws Error with git's words when it fails
 */
export function packSources(project: string, file: string): void {
  rmSync(file, { force: true })
  if (!existsSync(join(project, '.git')))
    return
  mkdirSync(dirname(file), { recursive: true })
  const { status, stderr, error } = spawnSync('git', ['archive', '--format=zip', '--prefix=structure-is-a-loan/', '-o', file, 'HEAD'], { cwd: project, encoding: 'utf8' })
  if (status === 0)
    return
  rmSync(file, { force: true })
  throw new Error(`The sources cannot be packed into ${file}: git archive says “${(error?.message ?? stderr).trim()}”.`)
}

/**
 * Composes the site.
 * @throws Error naming what is missing, and the command that makes it
 * @throws RangeError when the version cannot be a folder's name
 */
export async function composeSite({ deck, files, published, out, version, notes: withNotes = true, repository }: Publication): Promise<void> {
  if (!/^\d[\w.-]*$/.test(version))
    throw new RangeError(`A version begins with a digit and has letters, digits, dots and hyphens only; got “${version}”.`)
  if (!existsSync(join(deck, 'index.html')))
    throw new Error(`There is no built deck in ${deck}: npm run build -- --public makes one.`)
  if (published !== undefined && !existsSync(published))
    throw new Error(`There is no folder ${published}: --published names what stands on the host now, and without it the older versions would be lost.`)
  if (!withNotes && existsSync(join(deck, 'read')))
    throw new Error(`The deck in ${deck} has the page to read, which holds the words that are spoken: npm run build -- --public --without-page leaves it out.`)
  const offered = offers.filter(({ notes }) => withNotes || !notes)
  for (const { file } of offered.filter(({ needed }) => needed)) {
    if (!existsSync(join(files, file)))
      throw new Error(`There is no ${file} in ${files}: npm run export makes it.`)
  }

  await rm(out, { recursive: true, force: true })
  await mkdir(join(out, 'v'), { recursive: true })
  const old = published && existsSync(join(published, 'v')) ? (await readdir(join(published, 'v'))).filter(name => name !== version) : []
  for (const name of old)
    await cp(join(published!, 'v', name), join(out, 'v', name), { recursive: true, preserveTimestamps: true })

  const versions = [...old, version].sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
  await placeDeck(out, versions.map(name => ({ name, address: `../v/${name}/` })))
  // Its page knows no version after it, and so need not change when there is one.
  await placeDeck(join(out, 'v', version), [])

  async function placeDeck(folder: string, others: { name: string, address: string }[]): Promise<void> {
    // Entry by entry: the site itself may stand in the deck's folder.
    for (const name of (await readdir(deck)).filter(name => !otherOutputs.includes(name)))
      await cp(join(deck, name), join(folder, name), { recursive: true })
    const page = await readFile(join(deck, 'index.html'), 'utf8')
    if (!page.includes('</head>'))
      throw new Error(`${join(deck, 'index.html')} has no head to name its downloads in.`)
    // The deck's sources slide links to it.
    const link = `<link rel="alternate" href="./downloads/" title="${withNotes ? 'Slides, handout and sources' : 'Slides'} to take along" data-downloads>`
    await writeFile(join(folder, 'index.html'), page.replace('</head>', `${link}</head>`))

    const downloads = join(folder, 'downloads')
    await mkdir(downloads, { recursive: true })
    const entries: string[] = existsSync(join(folder, 'read')) ? ['<li><a href="../read/">The talk to read</a> <span>as one page</span></li>'] : []
    for (const { file, name, words } of offered.filter(({ file }) => existsSync(join(files, file)))) {
      await cp(join(files, file), join(downloads, file))
      entries.push(`<li><a href="${file}">${name}</a> <span>${words}, ${sizeOf((await stat(join(files, file))).size)}</span></li>`)
    }
    for (const font of ['source-serif-4/files/source-serif-4-latin-opsz-normal.woff2', 'inter/files/inter-latin-opsz-normal.woff2'])
      await cp(join(root, 'node_modules', '@fontsource-variable', font), join(downloads, font.split('/').at(-1)!))
    await writeFile(join(downloads, 'index.html'), downloadsPage(entries, others))
  }

  function downloadsPage(entries: readonly string[], others: readonly { name: string, address: string }[]): string {
    const source = repository ? `<li><a href="${repository}">Source repository</a> <span>${new URL(repository).host}</span></li>` : ''
    const versionList = others.length > 1
      ? `<h2>Versions of the talk</h2><ul>${others.map(({ name, address }) => `<li><a href="${address}">${name}</a>${name === version ? ' <span>this one, at an address that stays</span>' : ''}</li>`).join('')}</ul>`
      : ''
    return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; font-src 'self'; img-src 'self'">
<meta name="referrer" content="no-referrer">
<title>To take along: Structure Is a Loan</title>
<link rel="icon" href="../favicon.svg">
<style>
@font-face { font-family: 'Source Serif 4'; src: url('./source-serif-4-latin-opsz-normal.woff2'); font-weight: 200 900 }
@font-face { font-family: Inter; src: url('./inter-latin-opsz-normal.woff2'); font-weight: 100 900 }
${tokenRules}
body { margin: 0; background: var(--paper); color: var(--ink); font: 17px/1.5 Inter, system-ui, sans-serif }
main { max-width: 40rem; margin: 0 auto; padding: 4rem 1.5rem }
h1, h2 { font-family: 'Source Serif 4', Georgia, serif; font-weight: 600; line-height: 1.2 }
h1 { margin: 0 0 0.5rem; font-size: 2.4rem }
h1 em { color: var(--structure); font-style: normal }
h2 { margin: 2.5rem 0 0.5rem; font-size: 1.4rem }
ul { margin: 0; padding: 0; list-style: none }
li { padding: 0.7rem 0; border-top: 1px solid var(--rule) }
li span { display: block; color: var(--muted); font-size: 0.9em }
a { color: inherit; text-underline-offset: 0.2em; text-decoration-color: var(--rule) }
a:hover { text-decoration-color: currentColor }
a:focus-visible { outline: 2px solid currentColor; outline-offset: 3px }
p a { white-space: nowrap }
</style>
</head>
<body>
<main>
<h1><em>Structure</em> Is a Loan</h1>
<p>The talk to take along, version ${version}. <a href="../">Back to the deck</a></p>
<h2>Files</h2>
<ul>
${entries.join('\n')}
${source}
${existsSync(join(deck, 'licences.txt')) ? '<li><a href="../licences.txt">Licences</a> <span>of everything the deck is made of</span></li>' : ''}
</ul>
${versionList}
</main>
</body>
</html>
`
  }
}

function sizeOf(bytes: number): string {
  return bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`
}
