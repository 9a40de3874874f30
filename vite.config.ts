import { readFileSync } from 'node:fs'
import { defineConfig } from 'vite'
import { guard } from './scripts/lib/guard.ts'
import { shippedLicences } from './scripts/lib/licences.ts'

const { dependencies } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8')) as { dependencies: Record<string, string> }

const licences = shippedLicences()

export default defineConfig({
  plugins: [guard(), licences.page],
  worker: { plugins: () => [licences.worker] },
  optimizeDeps: {
    // Bundled before the first slide is asked for. Found one by one, as slides mention them, each find would reload the
    // page of whoever is presenting.
    include: Object.keys(dependencies).filter(name => !/^(?:@slidev|@fontsource-variable)\/|^vue$/.test(name)),
  },
  define: {
    // Slidev ships the print route only with its own PDF download, which needs a browser of its own; the exporter of
    // this project prints from the built deck, so the route is always there.
    __SLIDEV_FEATURE_PRINT__: 'true',
  },
})
