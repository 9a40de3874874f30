/** The reading edition of a built deck: read/index.html and its fonts in the deck's folder; handout.ts prints it. */
import type { Browser } from 'playwright-core'
import { spawnSync } from 'node:child_process'
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readFigures } from './figures.ts'
import { pageFonts, pageHtml } from './page.ts'
import { readPlan } from '../talk/plan.ts'
import { readHeadmatter, readSlides, root } from '../talk/slides.ts'

/**
 * Makes the page out of a deck that is served, and writes it into a folder.
 * @param url address of the served deck, with a slash at its end
 * @param folder gets `index.html` and `fonts/`
 * @param edition.address absolute address that the deck will have, with a slash at its end, or ''
 * @param edition.policy the page's Content-Security-Policy
 */
export async function makePage(browser: Browser, url: string, folder: string, { address, policy }: { address: string, policy: string }): Promise<void> {
  const slides = await readSlides()
  const page = await browser.newPage()
  try {
    const contents = await readFigures(page, url, slides)
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string }
    const html = pageHtml(await readPlan({ sense: 'eye' }), await readHeadmatter(), contents, { version, date: dateOfSources(), address: address && `${address}read/`, policy })
    await mkdir(join(folder, 'fonts'), { recursive: true })
    await writeFile(join(folder, 'index.html'), html)
    for (const font of pageFonts)
      await copyFile(join(root, 'styles', 'fonts', font), join(folder, 'fonts', font))
  }
  finally {
    await page.close()
  }
}

/** The day of the last change that is committed, as one reads it; '' in a copy without its history. */
function dateOfSources(): string {
  const { status, stdout } = spawnSync('git', ['log', '-1', '--format=%cs'], { cwd: root, encoding: 'utf8' })
  return status === 0 && stdout.trim() ? new Date(`${stdout.trim()}T12:00:00Z`).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }) : ''
}
