/**
 * The same seed gives the same bits: every experiment and computation of lab/fingerprints.ts, WebAssembly included, run here
 * in Node and, built as the deck is built, in Chromium. What is compared is a hash over the bytes of all numbers that come out.
 */
import type { Browser, Page } from 'playwright-core'
import type { Fingerprint } from '../../lab/fingerprints.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { computed, takeFingerprints } from '../../lab/fingerprints.ts'
import { bundledLab } from '../support/bundled-lab.ts'
import { openSharedBrowser } from '../support/stage.ts'

declare const lab: { takeFingerprints: (names?: readonly string[]) => Fingerprint[] }

let browser: Browser
let page: Page
let script: string

beforeAll(async () => {
  browser = await openSharedBrowser()
  page = await browser.newPage()
  script = await bundledLab()
  await page.addScriptTag({ content: script })
})

afterAll(() => browser.close())

describe('the same input gives the same bits in Node and in Chromium', () => {
  it.each(Object.keys(computed))('%s', async (name) => {
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

  it.each([
    { name: 'structure-race', what: 'the share of an example in its batch', constant: 1 / 16 },
    { name: 'rungs', what: 'the slope of the power of two', constant: 0.6931469775865389 },
  ])('also in WebAssembly, where $what wrong in its last place changes the fingerprint of $name', async ({ name, constant }) => {
    const [inNode] = takeFingerprints([name])
    const fresh = await browser.newPage()
    await fresh.addScriptTag({ content: script })
    const { wrong, changed } = await fresh.evaluate(({ name, constant }) => {
      const right = new Uint8Array(Float32Array.of(constant).buffer)
      let changed = 0
      // The laboratory compiles a module when it first needs it.
      WebAssembly.Module = new Proxy(WebAssembly.Module, {
        construct(Module, [bytes]: [Uint8Array<ArrayBuffer>]) {
          for (let i = 0; i + 4 <= bytes.length; i++) {
            if (right.every((byte, j) => bytes[i + j] === byte)) {
              bytes[i]! ^= 1
              changed++
            }
          }
          return new Module(bytes)
        },
      })
      const [wrong] = lab.takeFingerprints([name])
      return { wrong, changed }
    }, { name, constant })
    await fresh.close()
    expect(changed).toBeGreaterThan(0)
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
