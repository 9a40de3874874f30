/**
 * The page of the built deck, written anew from the headmatter and the policy table: Slidev's own head puts quotation
 * marks around what it says, and names neither the fonts nor the scripts that the first slide waits for. While developing
 * the page is Slidev's, with the same first script.
 */
import type { Plugin, Rollup } from 'vite'
import type { Headmatter } from '../../talk/slides.ts'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { minify, transformWithOxc } from 'vite'
import { tokens } from '../../styles/tokens.ts'
import { readHeadmatter } from '../../talk/slides.ts'
import { referrerPolicy, sitePolicy } from './policy.ts'
import { roomOfBuild, type SiteOptions } from './site.ts'

/** What has to run before every module. */
const fallbacks = 'addons/live-figures/slidev/fallbacks.ts'
/** And then, in a build with a room. */
const presentersLink = 'addons/live-figures/room/link.ts'

/** The fonts that the first slide is set in (scripts/fonts.ts). */
const firstFonts = ['inter', 'source-serif-4-600']

const socialImage = { file: 'social.png', width: 1200, height: 630, alt: 'The title of the talk under two learning curves that cross.' }

/** Writes the head and the policies of index.html. */
export function page(root: string, options: SiteOptions): Plugin[] {
  return [
    {
      name: 'deck:page',
      apply: 'build',
      transformIndexHtml: {
        order: 'post',
        handler: async (html, { bundle = {} }) => write(html, bundle, root, options),
      },
    },
    {
      name: 'deck:first-script',
      apply: 'serve',
      // Slidev sends its own page as it is. Modules come one by one here, and the first import of the first runs first.
      transform: (code, id) => /\/@slidev\/client\/main\.ts(?:\?|$)/.test(id) ? { code: `import ${JSON.stringify(join(root, fallbacks))}\n${code}`, map: null } : undefined,
    },
  ]
}

/** One of them as the text of a plain script. */
async function plainScript(file: string): Promise<string> {
  const { code } = await transformWithOxc(readFileSync(file, 'utf8'), file, { sourcemap: false })
  return (await minify(file, `{${code}}`, { module: false, sourcemap: false })).code
}

async function write(html: string, bundle: Rollup.OutputBundle, root: string, options: SiteOptions): Promise<string> {
  const headmatter = await readHeadmatter()
  const room = roomOfBuild()
  const scripts = await Promise.all([fallbacks, ...room ? [presentersLink] : []].map(file => plainScript(join(root, file))))
  const loaded = html.match(/<script type="module"[^>]*><\/script>|<link rel="(?:modulepreload|stylesheet)"[^>]*>/g) ?? []
  return [
    '<!DOCTYPE html>',
    `<html lang="${attribute(headmatter.htmlAttrs.lang)}">`,
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${attribute(sitePolicy(scripts, room))}">`,
    ...scripts.map(script => `<script>${script}</script>`),
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    ...describe(root, headmatter, options),
    // Style sheets first, and the shell's before the slide's, in the order in which they would come one by one.
    ...[...loaded, ...waitedFor(bundle, loaded)].sort((a, b) => Number(b.includes('stylesheet')) - Number(a.includes('stylesheet'))),
    '</head>',
    '<body>',
    '<noscript><p>This talk is drawn by JavaScript, which is switched off here. <a href="" target="_blank">Open it in a window of its own</a></p></noscript>',
    '<div id="app"></div>',
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

/** Title, description, author, social tags, colours: the tags of the head that readers and machines read. */
export function describe(root: string, { title, info, author, keywords, favicon, htmlAttrs }: Headmatter, { address, singleFile }: SiteOptions): string[] {
  const [light, dark] = [tokens.light, tokens.dark].map(block => /--paper: (#\w+);/.exec(block)?.[1])
  const meta = (key: 'name' | 'property', name: string, content: string) => `<meta ${key}="${name}" content="${attribute(content)}">`
  const image = singleFile
    ? []
    : [
        // Social networks want an absolute address; without one the tag at least names the file.
        meta('property', 'og:image', address ? new URL(socialImage.file, address).href : `./${socialImage.file}`),
        meta('property', 'og:image:width', String(socialImage.width)),
        meta('property', 'og:image:height', String(socialImage.height)),
        meta('property', 'og:image:alt', socialImage.alt),
      ]
  return [
    `<title>${text(title)}</title>`,
    meta('name', 'description', info),
    meta('name', 'author', author),
    meta('name', 'keywords', keywords),
    meta('name', 'referrer', referrerPolicy),
    meta('name', 'color-scheme', 'light dark'),
    `<meta name="theme-color" content="${light}" media="(prefers-color-scheme: light)">`,
    `<meta name="theme-color" content="${dark}" media="(prefers-color-scheme: dark)">`,
    meta('property', 'og:type', 'website'),
    meta('property', 'og:locale', htmlAttrs.lang),
    meta('property', 'og:title', title),
    meta('property', 'og:description', info),
    ...address ? [meta('property', 'og:url', address)] : [],
    ...image,
    meta('name', 'twitter:card', image.length > 0 ? 'summary_large_image' : 'summary'),
    meta('name', 'twitter:title', title),
    meta('name', 'twitter:description', info),
    ...address ? [`<link rel="canonical" href="${attribute(address)}">`] : [],
    `<link rel="icon" href="${attribute(favicon)}" type="image/svg+xml">`,
  ]
}

/** What the first slide needs beyond what the page names already, so that all of it is asked for at once. */
function waitedFor(bundle: Rollup.OutputBundle, named: readonly string[]): string[] {
  const outputs = Object.values(bundle)
  const chunks = outputs.filter(output => output.type === 'chunk')
  const files = new Set<string>()
  const sheets = new Set<string>()
  const visit = (chunk: Rollup.OutputChunk | undefined): void => {
    if (!chunk || files.has(chunk.fileName))
      return
    files.add(chunk.fileName)
    for (const sheet of chunk.viteMetadata?.importedCss ?? [])
      sheets.add(sheet)
    for (const name of chunk.imports)
      visit(chunks.find(chunk => chunk.fileName === name))
  }
  for (const part of [/\/pages\/play\.vue$/, /slides\/1\/md$/])
    visit(chunks.find(chunk => part.test(chunk.facadeModuleId ?? '')))

  const isNamed = (file: string) => named.some(tag => tag.includes(`"./${file}"`))
  const fonts = firstFonts.flatMap(font => outputs.filter(output => output.type === 'asset' && output.names.includes(`${font}.woff2`)).map(output => output.fileName))
  return [
    ...fonts.map(file => `<link rel="preload" as="font" type="font/woff2" crossorigin href="./${file}">`),
    ...[...sheets].filter(file => !isNamed(file)).map(file => `<link rel="stylesheet" crossorigin href="./${file}">`),
    ...[...files].filter(file => !isNamed(file)).map(file => `<link rel="modulepreload" crossorigin href="./${file}">`),
  ]
}

const text = (value: string) => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
const attribute = (value: string) => text(value).replaceAll('"', '&quot;')
