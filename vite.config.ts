import { readFileSync } from 'node:fs'
import { defineConfig } from 'vite'
import { lateNotes } from './scripts/vite/late-notes.ts'
import { slim } from './scripts/vite/slim.ts'

const { dependencies } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8')) as { dependencies: Record<string, string> }

export default defineConfig({
  plugins: [slim(import.meta.dirname), lateNotes()],
  optimizeDeps: {
    // Bundled before the first slide is asked for. Found one by one, as slides mention them, each find would reload the
    // page of whoever is presenting.
    include: Object.keys(dependencies).filter(name => !/^(?:@slidev|@fontsource-variable)\/|^vue$/.test(name)),
  },
  define: {
    // Slidev ships the print route only with its own PDF download, which needs a browser of its own; the exporter of
    // this project prints from the built deck, so the route is always there.
    __SLIDEV_FEATURE_PRINT__: 'true',
    // Every component here has a setup function; Vue leaves out the other way.
    __VUE_OPTIONS_API__: 'false',
  },
  build: {
    manifest: true,
    rollupOptions: {
      output: {
        // Slidev gathers libraries by name, and Vue in the chunk called Shiki; left alone, the bundler gives every page
        // what it needs. The notes are asked for together.
        manualChunks: (id: string) => id.includes('virtual:late-note/') ? 'notes' : id.includes('__uno_icons') || id.includes('__uno_typography') ? 'shell' : undefined,
      },
    },
  },
  slidev: {
    serverRef: {
      // The server's half of composables/shared.ts.
      state: { figures: {} },
    },
  },
})
