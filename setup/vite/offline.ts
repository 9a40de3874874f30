/** The service worker of a deck on a host, bundled for itself, and the script of the page that registers it. */
import type { Plugin, Rollup } from 'vite'
import { join } from 'node:path'
import { build } from 'vite'

/**
 * Adds both to the build; scripts/lib/finish-site.ts then writes the list of the deck's files into offline.js.
 * @param plugins for the bundle of the service worker
 */
export function offline(root: string, plugins: Plugin[]): Plugin {
  let worker: Promise<Rollup.RollupOutput>
  return {
    name: 'deck:offline',
    apply: 'build',
    buildStart() {
      // Beside the deck's own.
      worker = build({
        configFile: false,
        root,
        logLevel: 'error',
        publicDir: false,
        plugins,
        build: {
          write: false,
          modulePreload: false,
          rollupOptions: { input: join(root, 'composables', 'offline.worker.ts'), output: { format: 'iife' } },
        },
      }) as Promise<Rollup.RollupOutput>
    },
    transformIndexHtml: {
      // Before the bundler reads the page: what is asked for here is part of the deck.
      order: 'pre',
      handler: html => html.replace('</body>', '<script type="module" src="/composables/offline.ts"></script>\n</body>'),
    },
    async generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'offline.js', source: (await worker).output[0].code })
    },
  }
}
