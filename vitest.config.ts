/**
 * Pure code in plain Node; components in a DOM with a double of Slidev's client (the real one wants virtual modules only
 * its own server has); the built deck in a real browser, with the files that are exported from it. The deck is built while
 * the first two run. What of the third needs the machine to itself comes last, one file at a time (tests/support/stage.ts).
 * The built deck in Firefox and WebKitGTK has a command of its own.
 */
import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import type { TestProjectInlineConfiguration } from 'vitest/config'
import { defineConfig } from 'vitest/config'

const support = (file: string) => fileURLToPath(new URL(`./tests/support/${file}`, import.meta.url))

/** What has a browser. */
const withBrowser: TestProjectInlineConfiguration['test'] = {
  environment: 'node',
  globalSetup: [support('one-browser.ts')],
  testTimeout: 240_000,
  hookTimeout: 300_000,
  // A condition is waited for as long as a busy machine may take; that it comes is what is tested.
  expect: { poll: { timeout: 15_000 } },
  // A file closes all it has opened.
  isolate: false,
}

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
            '@slidev/client': fileURLToPath(new URL('./addons/live-figures/testing/slidev-client.ts', import.meta.url)),
          },
        },
        test: {
          name: 'component',
          include: ['tests/component/**/*.test.ts', 'addons/*/tests/**/*.test.ts'],
          environment: 'happy-dom',
          testTimeout: 60_000,
          // Every test unmounts what it mounted and starts with an empty shared state (tests/support).
          isolate: false,
          setupFiles: [support('no-warnings.ts')],
        },
      },
      {
        test: {
          ...withBrowser,
          name: 'deck',
          include: ['tests/{deck,export}/**/*.test.ts'],
          exclude: ['**/*.alone.test.ts'],
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...withBrowser,
          name: 'alone',
          include: ['tests/{deck,export}/**/*.alone.test.ts'],
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          ...withBrowser,
          name: 'browsers',
          include: ['tests/browsers/**/*.test.ts'],
          globalSetup: [support('built-deck.ts')],
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
})
