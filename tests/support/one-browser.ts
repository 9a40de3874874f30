/**
 * Before the tests of the built deck: the deck begins to be built, while the tests that need none of it run, and one
 * Chromium is started that all files share.
 */
import type { TestProject } from 'vitest/node'
import process from 'node:process'
import { chromium } from 'playwright-core'
import { builtDeck } from '../../scripts/lib/deck.ts'
import { browserOptions } from '../../scripts/lib/browser.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the Chromium of the test run listens. */
    browserAddress: string
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const build = builtDeck().catch(async (error: unknown) => {
    // Each file would build it once more, only to fail as well.
    console.error(error)
    process.exitCode = 1
    await project.vitest.cancelCurrentRun('test-failure')
  })
  const browser = await chromium.launchServer(browserOptions())
  project.provide('browserAddress', browser.wsEndpoint())
  return async () => {
    await build
    await browser.close()
  }
}
