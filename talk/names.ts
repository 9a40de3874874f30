/** What a slide of slides.md may name: owners, sources, claims, a layout, components, numbers; and the keys of its frontmatter. */
import { readdirSync } from 'node:fs'
import { join, parse } from 'node:path'
import { claims } from '../data/claims.ts'
import { numbers } from '../data/numbers.ts'
import { isOwnerId } from '../data/owners.ts'
import { isSourceId } from '../data/sources.ts'
import { root } from './slides.ts'

export interface Naming {
  owners?: readonly string[]
  sources?: readonly string[]
  claims?: readonly string[]
  layout?: string
  clicks?: unknown
}

/** Keys of a slide's frontmatter: this deck's, then those of Slidev's. */
const keys = [
  'owners', 'sources', 'sourceNote', 'claims', 'short',
  'routeAlias', 'layout', 'clicks', 'clicksStart', 'title', 'class', 'hide', 'disabled', 'hideInToc', 'level', 'preload', 'src', 'transition', 'zoom', 'dragPos',
]

/** What a slide names that does not exist, each with the place where it would have to stand. */
export function unknownNames(frontmatter: Naming, content: string): string[] {
  const { owners = [], sources = [], claims: claimIds = [], layout, clicks = 0 } = frontmatter
  // The first slide's is that of the deck, too, whose keys Slidev knows.
  const unknownKeys = 'theme' in frontmatter ? [] : Object.keys(frontmatter).filter(key => !keys.includes(key))
  const named = [...content.matchAll(/<Num of="([^"]*)"/g)].map(([, id = '']) => id)
  const components = [...content.replace(/```[\s\S]*?```|`[^`]*`|<!--[\s\S]*?-->/g, '').matchAll(/<([A-Z]\w*)/g)].map(([, name = '']) => name)
  return [
    ...unknownKeys.map(key => `key “${key}” (it may be ${keys.join(', ')})`),
    ...Number.isInteger(clicks) ? [] : [`number of clicks “${String(clicks)}” (it is a whole number)`],
    ...owners.filter(id => !isOwnerId(id)).map(id => `owner “${id}” (data/owners.ts)`),
    ...sources.filter(id => !isSourceId(id)).map(id => `source “${id}” (data/sources.ts)`),
    ...claimIds.filter(id => !Object.hasOwn(claims, id)).map(id => `claim “${id}” (data/claims.ts)`),
    ...named.filter(id => !Object.hasOwn(numbers, id)).map(id => `number “${id}” (data/numbers.ts)`),
    ...layout !== undefined && !filesIn('layouts').has(layout) ? [`layout “${layout}” (layouts/ has ${[...filesIn('layouts')].join(', ')})`] : [],
    ...components.filter(name => !filesIn('components').has(name) && !filesIn('node_modules', '@slidev', 'client', 'builtin').has(name)).map(name => `component “${name}” (components/)`),
  ]
}

/** The names of the files in a folder and those under it, without their endings. */
function filesIn(...folder: string[]): Set<string> {
  return new Set(readdirSync(join(root, ...folder), { recursive: true, encoding: 'utf8' }).filter(file => /\.(?:vue|ts)$/.test(file)).map(file => parse(file).name))
}
