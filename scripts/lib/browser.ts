/** The Chromium of export, pictures, tests and benchmark. */
import type { Browser, LaunchOptions } from 'playwright-core'
import process from 'node:process'

/**
 * Features of Chromium that are no use to a page under test or in print. The first two open pages of the browser's own
 * beside each window, which take a tenth of the time of an export; the rest Playwright names, whose list this one
 * replaces.
 */
const unwantedFeatures = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'AimEnabled',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'TcpPortRandomizationWin',
  'ThirdPartyStoragePartitioning',
]

/**
 * Starts the Chromium that set-up found.
 * @throws Error when the command was not started through npm, and so no Chromium is known
 */
export async function openBrowser(): Promise<Browser> {
  // Loaded only here: many commands build a deck and open none.
  const { chromium } = await import('playwright-core')
  return chromium.launch(browserOptions())
}

/**
 * How the Chromium that set-up found is started.
 * @throws Error when the command was not started through npm, and so no Chromium is known
 */
export function browserOptions(): LaunchOptions {
  const executablePath = process.env.CHROMIUM_PATH
  if (!executablePath)
    throw new Error('No Chromium is known: run this through npm (npm test, npm run export), which finds or installs one.')
  return {
    executablePath,
    args: [
      `--disable-features=${unwantedFeatures.join(',')}`,
      // Chromium has no sandbox for root.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  }
}
