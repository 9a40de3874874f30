import { defineConfig } from 'vite'

export default defineConfig({
  define: {
    // Slidev ships the print route only with its own PDF download, which needs a browser of its own; the exporter of
    // this project prints from the built deck, so the route is always there.
    __SLIDEV_FEATURE_PRINT__: 'true',
  },
  slidev: {
    serverRef: {
      // The server's half of composables/shared.ts.
      state: { figures: {} },
    },
  },
})
