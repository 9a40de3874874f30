/**
 * What ships in a built deck and under which licence: the packages of the modules, styles, fonts and icons that the
 * bundler really put there, not those that package.json asks for. The build writes them to licences.txt beside the deck.
 */
import type { Plugin } from 'vite'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { copied } from '../../data/copied.ts'
import { sources } from '../../data/sources.ts'

const root = join(import.meta.dirname, '..', '..')

/** The committed list of what ships, one package a line. */
export const shippedList = join(root, 'docs', 'shipped.txt')

export interface ShippedPackage {
  name: string
  version: string
  /** SPDX identifier. */
  licence: string
}

/** Licences that let anybody give the deck on, with the notice that licences.txt is. Another one is for a person to read first. */
export const acceptedLicences = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT', 'OFL-1.1']

/** Parts of the bundle that do not stand under their package's name. */
const elsewhere: readonly (readonly [RegExp, string])[] = [
  [/^~icons\/([\w-]+)\//, '@iconify-json/$1'],
  [/^(?:.*\/)?styles\/fonts\/inter-signs\.woff2$/, 'inter-ui'],
  [/^(?:.*\/)?styles\/fonts\/(inter|jetbrains-mono|source-serif-4)[\w-]*\.woff2$/, '@fontsource-variable/$1'],
  [/^\0?rolldown\//, 'rolldown'],
  [/^\0?vite\//, 'vite'],
  [/^\0?plugin-vue:/, '@vitejs/plugin-vue'],
]

/**
 * Two plugins that belong together, since Vite bundles workers apart: both look at what is bundled, and the page's
 * writes licences.txt.
 */
export function shippedLicences(): { page: Plugin, worker: Plugin } {
  const folders = new Set<string>()
  const look = (bundle: Record<string, { type: 'chunk', moduleIds: readonly string[] } | { type: 'asset', originalFileNames: readonly string[] }>) => {
    for (const file of Object.values(bundle)) {
      for (const id of file.type === 'chunk' ? file.moduleIds : file.originalFileNames)
        addFolders(id, folders)
    }
  }
  return {
    page: {
      name: 'shipped-licences',
      apply: 'build',
      generateBundle(_options, bundle) {
        look(bundle)
        this.emitFile({ type: 'asset', fileName: 'licences.txt', source: noticeOf([...folders]) })
      },
    },
    worker: {
      name: 'shipped-licences-of-workers',
      apply: 'build',
      generateBundle: (_options, bundle) => look(bundle),
    },
  }
}

/** The packages that a built deck's licences.txt lists, or docs/shipped.txt. */
export function shippedIn(list: string): ShippedPackage[] {
  return [...list.matchAll(/^(?:- )?([@\w/.-]+) (\d\S*), (\S+)$/gm)].map(([, name = '', version = '', licence = '']) => ({ name, version, licence }))
}

/** Adds the package folder that a module comes from, if it comes from one, and those whose styles it imports. */
function addFolders(id: string, folders: Set<string>): void {
  const path = id.replace(/^\0(?=[/~])/, '').replace(/\?.*$/, '')
  const found = elsewhere.find(([pattern]) => pattern.test(path))
  const folder = found
    ? join(root, 'node_modules', path.match(found[0])![0].replace(...found))
    : path.match(/^.*\bnode_modules\/(?:@[^/]+\/)?[^./@][^/]*/)?.[0]
  if (folder)
    folders.add(resolve(root, folder))
  // Vite puts what a style sheet imports in its place, without making a module of it.
  const file = resolve(root, path)
  if (!path.endsWith('.css') || !existsSync(file))
    return
  for (const [, imported = ''] of readFileSync(file, 'utf8').matchAll(/@import\s+(?:url\()?["']([^"'.][^"']*)["']/g))
    addFolders(`node_modules/${imported}`, folders)
}

function noticeOf(folders: readonly string[]): string {
  const packages = folders.map(readPackage).sort((a, b) => a.name < b.name ? -1 : a.name > b.name ? 1 : a.version < b.version ? -1 : 1)
  // Many packages come with the same words; they are said once.
  const users = new Map([[readText(join(root, 'LICENSE')), ['Structure Is a Loan']]])
  for (const { name, texts } of packages) {
    for (const text of texts)
      users.set(text, [...users.get(text) ?? [], name])
  }
  const line = '-'.repeat(78)
  return [
    'Structure Is a Loan: what this deck is made of, and under which licence.',
    'Written by the build from what it bundled.',
    '',
    'The deck’s own code: MIT.',
    '',
    'Packages:',
    ...packages.map(({ name, version, licence }) => `- ${name} ${version}, ${licence}`),
    '',
    'Copied figures:',
    ...copied.map(({ figures, source, repository, licence }) => `- ${figures}: ${sources[source].short}, github.com/${repository}, ${licence}`),
    ...[...users].flatMap(([text, names]) => ['', line, [...new Set(names)].join(', '), line, '', text]),
    '',
  ].join('\n')
}

/**
 * What a package says of itself, with the words of its licence.
 * @throws Error naming the package that names no licence
 */
function readPackage(folder: string): ShippedPackage & { texts: string[] } {
  const { name, version, license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name: string, version: string, license?: unknown, author?: string | { name: string } }
  if (typeof license !== 'string' || !license)
    throw new Error(`${name} ${version} would ship without a licence: its package.json names none.`)
  const texts = readdirSync(folder).filter(file => /^(?:licen[cs]e|copying|ofl|notice)\b/i.test(file)).sort().map(file => readText(join(folder, file)))
  const maker = typeof author === 'string' ? author : author?.name
  const instead = `The package comes without a copy of its licence, ${license}${maker ? `; it is by ${maker}` : ''}.`
  return { name, version, licence: license, texts: texts.length > 0 ? texts : [instead] }
}

function readText(file: string): string {
  return readFileSync(file, 'utf8').replaceAll('\r\n', '\n').trim()
}
