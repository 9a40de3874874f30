import { readFileSync } from 'node:fs'
import { defineConfig } from 'vite'
import { ownPages } from './setup/vite/own-pages.ts'
import { shippedLicences } from './setup/vite/licences.ts'
import { siteOptions } from './setup/vite/site.ts'
import { lateNotes } from './setup/vite/late-notes.ts'
import { loneText } from './setup/vite/lone-text.ts'
import { offline } from './setup/vite/offline.ts'
import { page } from './setup/vite/page.ts'
import { singleFile } from './setup/vite/single-file.ts'
import { slim } from './setup/vite/slim.ts'
import { watchNotes } from './setup/vite/watch-notes.ts'

const { dependencies } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8')) as { dependencies: Record<string, string> }
const root = import.meta.dirname
const site = siteOptions()
const licences = shippedLicences()

export default defineConfig({
  slidev: { vue: { template: { compilerOptions: { nodeTransforms: [loneText] } } } },
  plugins: [
    ownPages(),
    watchNotes(root),
    slim(root),
    page(root, site),
    ...site.offline ? [offline(root, [licences.worker])] : [],
    ...site.singleFile ? [singleFile()] : [lateNotes(root)],
    licences.page,
  ],
  optimizeDeps: {
    // Bundled before the first slide is asked for. Found one by one, as slides mention them, each find would reload the
    // page of whoever is presenting.
    include: Object.keys(dependencies).filter(name => !/^(?:@slidev|@fontsource-variable|@noble|@nats-io)\/|^workbox-|^vue$/.test(name)),
  },
  define: {
    // Slidev ships the print route only with its own PDF download, which needs a browser of its own; the exporter of
    // this project prints from the built deck, so the route is always there.
    __SLIDEV_FEATURE_PRINT__: 'true',
    // Every component here has a setup function; Vue leaves out the other way.
    __VUE_OPTIONS_API__: 'false',
  },
  build: {
    reportCompressedSize: false,
    modulePreload: {
      // Which style sheets a slide wants is told to the first script, which scripts it wants is not: they come with the
      // slide before, and the list of them all would be part of what the first slide waits for.
      resolveDependencies: (_file, files, { hostType }) => hostType === 'html' ? files : files.filter(file => file.endsWith('.css')),
    },
    rollupOptions: {
      output: {
        chunkFileNames: 'assets/[name]-[hash].js',
        // Slidev gathers libraries by name, and Vue in the chunk called Shiki; left alone, the bundler gives every page
        // what it needs. Only the look of the presenter's shell is asked for together.
        manualChunks: (id: string) => /__uno_(?:icons|typography)/.test(id) ? 'shell' : undefined,
      },
    },
  },
  worker: {
    plugins: () => [licences.worker],
    // In a folder of their own, because hosts give them a policy of their own (setup/vite/policy.ts).
    rollupOptions: { output: { entryFileNames: 'workers/[name]-[hash].js' } },
  },
})
