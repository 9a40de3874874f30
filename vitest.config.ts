/**
 * Four projects, because they need four worlds: pure code in plain Node; components in a DOM with a double of Slidev's
 * client (the real one wants virtual modules only its own server has); the built deck in a real browser, with the files
 * that are exported from it; the built deck in Firefox and WebKitGTK, by a command of its own. The deck is built once,
 * before the third.
 */
import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

const support = (file: string) => fileURLToPath(new URL(`./tests/support/${file}`, import.meta.url))

export default defineConfig({
  test: {
    // All cores: on a machine of two, Vitest would keep one for itself.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.ts'],
          environment: 'node',
          testTimeout: 60_000,
          // Pure code leaves nothing behind for the next file.
          isolate: false,
        },
      },
      {
        plugins: [vue()],
        resolve: {
          alias: {
            '@slidev/client': support('slidev-client.ts'),
          },
        },
        test: {
          name: 'component',
          include: ['tests/component/**/*.test.ts'],
          environment: 'happy-dom',
          testTimeout: 60_000,
          // Every test unmounts what it mounted and starts with an empty shared state (tests/support).
          isolate: false,
          setupFiles: [support('no-warnings.ts')],
        },
      },
      {
        test: {
          name: 'deck',
          include: ['tests/deck/**/*.test.ts', 'tests/export/**/*.test.ts'],
          environment: 'node',
          globalSetup: [support('built-deck.ts')],
          testTimeout: 240_000,
          hookTimeout: 300_000,
          // One Chromium at a time: two on two cores only get in each other's way.
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'browsers',
          include: ['tests/browsers/**/*.test.ts'],
          environment: 'node',
          globalSetup: [support('built-deck.ts')],
          testTimeout: 240_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
})
