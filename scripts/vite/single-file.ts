/**
 * A build whose scripts, styles, fonts and workers are one script and one style sheet, which scripts/lib/finish-site.ts
 * then puts into the page: a page opened from a memory stick may load nothing beside itself.
 */
import type { Plugin } from 'vite'

export function singleFile(): Plugin {
  const maker = 'composables/run.ts'
  const made = 'new Worker(new URL(\'./run.worker.ts\', import.meta.url), { type: \'module\' })'
  let found = false
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
      // A path of Windows may come with either slash.
      if (!id.replaceAll('\\', '/').endsWith(`/${maker}`))
        return undefined
      if (!code.includes(made))
        this.error(`${maker} makes its worker in another way than scripts/vite/single-file.ts knows.`)
      found = true
      return { code: `import InlineWorker from './run.worker.ts?worker&inline'\n${code.replace(made, 'new InlineWorker()')}`, map: null }
    },
    buildEnd(error) {
      if (!error && !found)
        this.error(`The bundle has no ${maker}, and so its live figures would have no worker in the one file.`)
    },
  }
}
