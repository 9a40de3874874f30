/**
 * A build whose scripts, styles, fonts and workers are one script and one style sheet, which scripts/lib/finish-site.ts
 * then puts into the page: a page opened from a memory stick may load nothing beside itself.
 */
import type { Plugin } from 'vite'
import { join } from 'node:path'

export function singleFile(root: string): Plugin {
  const maker = join(root, 'composables', 'run.ts')
  const made = 'new Worker(new URL(\'./run.worker.ts\', import.meta.url), { type: \'module\' })'
  return {
    name: 'deck:single-file',
    apply: 'build',
    enforce: 'pre',
    config: () => ({
      build: {
        assetsInlineLimit: () => true,
        cssCodeSplit: false,
        modulePreload: false,
      },
    }),
    // Here and not in the configuration, where Slidev's own chunks would stand against it.
    outputOptions: ({ manualChunks: _, ...options }) => ({ ...options, codeSplitting: false }),
    transform(code, id) {
      if (id !== maker)
        return undefined
      if (!code.includes(made))
        this.error(`${maker} makes its worker in another way than scripts/vite/single-file.ts knows.`)
      return { code: `import InlineWorker from './run.worker.ts?worker&inline'\n${code.replace(made, 'new InlineWorker()')}`, map: null }
    },
  }
}
