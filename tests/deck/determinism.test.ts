/**
 * The same seed gives the same bits: every experiment and computation of lab/fingerprints.ts, run here in Node and, built
 * as the deck is built, in Chromium. What is compared is a hash over the bytes of all numbers that come out.
 */
import type { Browser, Page } from 'playwright-core'
import type { Fingerprint } from '../../lab/fingerprints.ts'
import { join } from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { computations, experimentProbes, takeFingerprints } from '../../lab/fingerprints.ts'
import { root } from '../../scripts/lib/deck.ts'
import { openSharedBrowser } from '../support/stage.ts'

declare const lab: { takeFingerprints: (names?: readonly string[]) => Fingerprint[] }

let browser: Browser
let page: Page

/** The laboratory as one script that sets `lab`, made by the deck's own bundler. */
async function bundledLab(): Promise<string> {
  const built = await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: { write: false, lib: { entry: join(root, 'lab', 'fingerprints.ts'), formats: ['iife'], name: 'lab' } },
  })
  const [output] = [built].flat()
  if (!output || !('output' in output))
    throw new Error('The bundler gave nothing.')
  return output.output[0].code
}

beforeAll(async () => {
  browser = await openSharedBrowser()
  page = await browser.newPage()
  // A script that declares a variable sets it for the whole page.
  await page.addScriptTag({ content: await bundledLab() })
})

afterAll(() => browser.close())

describe('the same input gives the same bits in Node and in Chromium', () => {
  it.each([...Object.keys(experimentProbes), ...Object.keys(computations)])('%s', async (name) => {
    const [inNode] = takeFingerprints([name])
    const [inChromium] = await page.evaluate(name => lab.takeFingerprints([name]), name)
    expect(inNode?.numbers).toBeGreaterThan(0)
    expect(inChromium).toEqual(inNode)
  })

  it('and would be noticed if it did not: a square root wrong in its last place changes the fingerprint', async () => {
    const [inNode] = takeFingerprints(['map fit'])
    const [wrong] = await page.evaluate(() => {
      const right = Math.sqrt
      Math.sqrt = x => right(x) * (1 + Number.EPSILON)
      try {
        return lab.takeFingerprints(['map fit'])
      }
      finally {
        Math.sqrt = right
      }
    })
    expect(wrong?.numbers).toBe(inNode?.numbers)
    expect(wrong?.hash).not.toBe(inNode?.hash)
  })

  it('because nobody, no library either, asks the engine for a function that engines round differently', async () => {
    const asked = await page.evaluate(() => {
      const exact = ['abs', 'ceil', 'clz32', 'floor', 'fround', 'imul', 'max', 'min', 'round', 'sign', 'sqrt', 'trunc']
      const asked = new Set<string>()
      const math = Math as unknown as Record<string, unknown>
      const before = new Map<string, unknown>()
      for (const name of Object.getOwnPropertyNames(Math)) {
        const original = math[name]
        if (typeof original !== 'function' || exact.includes(name))
          continue
        before.set(name, original)
        math[name] = (...values: number[]) => {
          asked.add(name)
          return (original as (...values: number[]) => number)(...values)
        }
      }
      try {
        lab.takeFingerprints()
      }
      finally {
        for (const [name, original] of before)
          math[name] = original
      }
      return { asked: [...asked], watched: before.size }
    })
    expect(asked.watched).toBeGreaterThan(15)
    expect(asked.asked).toEqual([])
  })
})
