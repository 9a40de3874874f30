/**
 * A build whose scripts, styles, fonts and workers are one script and one style sheet, which scripts/lib/finish-site.ts
 * then puts into the page: a page opened from a memory stick may load nothing beside itself.
 */
import type { Plugin } from 'vite'

export function singleFile(): Plugin {
  let workerInside = false
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
    resolveId(source, importer) {
      if (source !== './make-worker.ts')
        return undefined
      workerInside = true
      return this.resolve('./run.worker.ts?worker&inline', importer, { skipSelf: true })
    },
    buildEnd(error) {
      if (!error && !workerInside)
        this.error('Nothing imports “./make-worker.ts”, which setup/vite/single-file.ts puts the worker in the place of.')
    },
  }
}
