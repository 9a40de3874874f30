/**
 * What of Slidev's client the built deck does without. Slidev switches features off by flags, but their libraries stay
 * in the bundle; here each is replaced by the least that the rest of the client still asks of it.
 *
 * A slide that begins to use one of them stops the build with a sentence: take its row out of the table then.
 */
import type { Plugin } from 'vite'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'

interface Replacement {
  /** How Slidev's client imports it. */
  imported: RegExp
  /** What it gets: the code of a module, or another file of the same package. */
  instead: { code: string } | { file: string }
  /** What a slide or component of this deck would have to say to need it. */
  neededBy?: RegExp
  why: string
}

const late = (component: string) => ({ code: `import { defineAsyncComponent } from 'vue'\nexport default defineAsyncComponent(() => import('@slidev/client/internals/${component}.vue'))` })

const replacements: readonly Replacement[] = [
  {
    imported: /^@slidev\/parser\/core$/,
    instead: { file: '@slidev/parser/utils' },
    why: 'The client wants one function of it, which the small file has too; the large one brings a YAML parser along.',
  },
  {
    imported: /^@shikijs\/vitepress-twoslash\/client$/,
    instead: { code: 'export default { install() {} }' },
    neededBy: /```\w+ twoslash/,
    why: 'Types on hover in code blocks.',
  },
  {
    imported: /^floating-vue$/,
    instead: { code: 'const bare = (_, { slots }) => slots.default?.()\nexport { bare as Dropdown, bare as Tooltip }\nexport const recomputeAllPoppers = () => {}' },
    neededBy: /\bv-tooltip\b|floating-vue/,
    why: 'Tooltips of code blocks and of the drawing bar.',
  },
  {
    imported: /\/useDrawings$/,
    instead: { code: `import { ref } from 'vue'
const off = ref(false)
export const useDrawings = () => ({ brush: ref({ color: '' }), drawingEnabled: off, drawingState: {}, isDrawing: off })` },
    why: 'Drawing on slides, which the headmatter switches off.',
  },
  {
    imported: /\/modules\/v-(?:mark|motion|drag)$/,
    instead: { code: 'const none = () => ({ install() {} })\nexport { none as createVMarkDirective, none as createVMotionDirectives, none as createVDragDirective }' },
    neededBy: /\bv-(?:mark|motion|drag)\b|<v-?drag/i,
    why: 'Marks that look drawn by hand, motion by directive, elements that are placed by dragging: with a library each.',
  },
  {
    imported: /\/DragControl\.vue$/,
    instead: { code: 'export default () => null' },
    why: 'The handles of elements that are placed by dragging.',
  },
  {
    imported: /^@unhead\/vue(?:\/client)?$/,
    instead: { code: `import { onScopeDispose, watchEffect } from 'vue'
export const createHead = () => ({ install() {} })
export function useHead({ title }) {
  const before = document.title
  watchEffect(() => { document.title = title })
  onScopeDispose(() => { document.title = before })
}` },
    why: 'A library for the page head. The build writes the head, and what changes later is the title of the window.',
  },
  {
    imported: /\/NavControls\.vue$/,
    instead: late('NavControls'),
    why: 'Not left out but late: the bar of buttons, which shows when the mouse comes near.',
  },
  {
    imported: /\/Controls\.vue$/,
    instead: late('Controls'),
    why: 'Not left out but late: the overview, the dialogue to go to a slide with its fuzzy search, the context menu.',
  },
  {
    imported: /\/assets\/logo\.png$/,
    instead: { file: '@slidev/client/assets/logo.svg' },
    why: 'Slidev’s logo in its info dialogue: the same, drawn.',
  },
  {
    imported: /^@shikijs\/(?:magic-move|vitepress-twoslash)\/style\.css$|^\.\/(?:shiki-twoslash|code|prism|katex)\.css$|^markdown-it-github-alerts\/styles\//,
    instead: { code: '' },
    neededBy: /^```|\$\$|^> \[!/m,
    why: 'The look of code blocks, of formulas set by KaTeX and of GitHub’s alerts.',
  },
  {
    imported: /^uno:typography\.css$/,
    instead: { code: '' },
    why: 'Not left out but late: the look of the notes’ text comes with the notes (see below).',
  },
]

const prefix = '\0slim:'
const styleTag = 'import { useStyleTag } from \'@vueuse/core\''
const styleSheet = 'virtual:style-sheet'

/** Puts the replacements in, in the build only: while developing everything of Slidev is there. */
export function slim(root: string): Plugin {
  return {
    name: 'deck:slim',
    apply: 'build',
    enforce: 'pre',
    // Slidev takes the Vue that compiles templates in the browser (17 kB). All templates here are compiled by the build,
    // and a compiler would ask for `unsafe-eval`.
    config: () => ({ resolve: { alias: [{ find: /^vue$/, replacement: fileURLToPath(import.meta.resolve('vue/dist/vue.runtime.esm-bundler.js')) }] } }),
    buildStart() {
      const deck = [join(root, 'slides.md'), ...['addons', 'components', 'layouts'].flatMap(room => vueFiles(join(root, room)))]
      for (const file of deck) {
        const text = readFileSync(file, 'utf8')
        const needed = replacements.find(({ neededBy }) => neededBy?.test(text))
        if (needed)
          this.error(`${file} uses ${needed.neededBy}, which the built deck leaves out (${needed.why}): take that row out of setup/vite/slim.ts.`)
      }
    },
    async resolveId(source, importer) {
      if (source === styleSheet)
        return `\0${styleSheet}`
      // What stands in for a module may itself ask for that module, later.
      if (!importer || importer.startsWith(prefix) || (source.startsWith('uno:') && importer.includes('.vue')))
        return undefined
      const index = replacements.findIndex(({ imported }) => imported.test(source))
      const replacement = replacements[index]
      if (!replacement)
        return undefined
      return 'code' in replacement.instead ? `${prefix}${index}` : this.resolve(replacement.instead.file, importer, { skipSelf: true })
    },
    transform(code, id) {
      // A style element that a script writes would need `unsafe-inline`; a sheet made by a script does not.
      if (id.includes('/@slidev/client/') && code.includes(styleTag))
        return { code: code.replace(styleTag, `import { useStyleTag } from '${styleSheet}'`), map: null }
      // Icons and the look of notes are asked for by the parts of Slidev that show them, none of which is on the first
      // slide; otherwise they would stand in the style sheet that every page waits for. Two are on the way
      // to it and do without: the wheel of a slide that takes long to load, a camera that only the editor shows.
      if (!/\/@slidev\/client\/(?:internals|pages)\/(?!SlideLoading|SlideContainer)\w+\.vue$/.test(id))
        return undefined
      const sheets = [
        ...(/\bi-[a-z]+[:-]/.test(code) ? ['uno:icons.css'] : []),
        ...(/\bprose\b/.test(code) ? ['uno:typography.css'] : []),
      ]
      return sheets.length > 0 ? { code: code.replace(/<script setup[^>]*>/, script => `${script}${sheets.map(sheet => `\nimport '${sheet}'`).join('')}`), map: null } : undefined
    },
    load(id) {
      if (id === `\0${styleSheet}`) {
        return {
          moduleType: 'js',
          code: `import { onScopeDispose, toValue, watchEffect } from 'vue'
export function useStyleTag(css) {
  const sheet = new CSSStyleSheet()
  watchEffect(() => sheet.replaceSync(toValue(css)))
  document.adoptedStyleSheets.push(sheet)
  onScopeDispose(() => { document.adoptedStyleSheets = document.adoptedStyleSheets.filter(other => other !== sheet) })
}`,
        }
      }
      const replacement = id.startsWith(prefix) ? replacements[Number(id.slice(prefix.length))] : undefined
      return replacement && 'code' in replacement.instead ? { code: replacement.instead.code, moduleType: 'js' } : undefined
    },
  }
}

function vueFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.vue')).map(name => join(folder, name))
}
