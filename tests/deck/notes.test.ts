/** The spoken notes of the built deck, whose file may not come at the first question. */
import { expect, it } from 'vitest'
import { readPlan } from '../../talk/plan.ts'
import { numberOf, useStage } from '../support/stage.ts'

const stage = useStage()
const notesFile = /\/assets\/notes-[^/]*\.js/

it('come after all when they did not load at first: until then a sentence says so, and no error is left to the page', async () => {
  // The offline cache would answer in the place of the network.
  const context = await stage.browser.newContext({ viewport: { width: 1280, height: 720 }, serviceWorkers: 'block' })
  const errors: string[] = []
  context.on('weberror', error => errors.push(error.error().message))
  const loss = numberOf('loss')
  const { note } = (await readPlan()).find(({ slide }) => slide.no === loss)!
  const words = note.spoken.replace(/\[click\]/g, ' ').match(/\w+ \w+ \w+ \w+/)![0]

  const speaker = await context.newPage()
  let reachable = false
  await speaker.route(notesFile, route => reachable ? route.continue() : route.abort())
  await speaker.goto(`${stage.url}#/presenter/${loss}`)
  await speaker.getByText('The notes did not load.').waitFor()
  expect(await speaker.locator('.slidev-note').first().innerText()).not.toContain(words)

  reachable = true
  await expect.poll(() => speaker.locator('.slidev-note').first().innerText(), { timeout: 40_000 }).toContain(words)
  // A slide later there are its own.
  await speaker.keyboard.press('PageDown')
  expect(await speaker.getByText('The notes did not load.').count()).toBe(0)
  expect(errors).toEqual([])
  await context.close()
})
