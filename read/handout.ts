/** The handout: the page on paper, with the numbers of its pages in its contents, as a tagged PDF. */
import type { Browser } from 'playwright-core'
import { groundHalos, pagesOfPlaces, printHtml, useStaticFonts } from '../pdf/index.ts'
import { readHeadmatter } from '../talk/slides.ts'

export type Paper = 'A4' | 'letter'

/**
 * Prints the page.
 * @param url address of the page
 * @param papers the sizes it is wanted in
 * @returns the files, in the order of `papers`
 * @throws Error naming what the page lacks, or a part of its contents that is on no page
 */
export async function printHandout(browser: Browser, url: string, papers: readonly Paper[]): Promise<Uint8Array[]> {
  // The page takes no font from outside; it is printed in fonts cut for it.
  const context = await browser.newContext({ bypassCSP: true, colorScheme: 'light', reducedMotion: 'reduce' })
  try {
    const page = await context.newPage()
    const lacking: string[] = []
    page.on('response', response => response.ok() || response.url().endsWith('favicon.svg') || lacking.push(`${response.status()} ${response.url()}`))
    await page.emulateMedia({ media: 'print', colorScheme: 'light', reducedMotion: 'reduce' })
    await page.setViewportSize({ width: 680, height: 960 })
    await page.goto(url)
    await page.evaluate(() => document.fonts.ready)
    if (lacking.length > 0)
      throw new Error(`The handout lacks ${lacking.join(', ')}.`)
    const places = await page.evaluate(forPaper)
    await page.evaluate(groundHalos, '.drawing text')
    await useStaticFonts(page)
    // Margins take no look from the page: they are given the one in which the page holds their words.
    const look = await page.$eval('.margin-words', line => `font: 400 11px ${getComputedStyle(line).fontFamily}; color: ${getComputedStyle(line).color};`)
    const { title } = await readHeadmatter()
    const files: Uint8Array[] = []
    for (const paper of papers) {
      await page.addStyleTag({ content: `@page { size: ${paper}; @top-left { ${look} } @bottom-right { ${look} } }` })
      // Printed once to learn where each part begins, and once more with that written down: the numbers keep their room.
      const pages = await pagesOfPlaces(await page.pdf({ preferCSSPageSize: true }))
      const missing = await page.evaluate(writePageNumbers, pages)
      if (missing.length > 0)
        throw new Error(`The contents of the handout name parts that are on no page: ${missing.join(', ')}.`)
      files.push(await printHtml(page, { details: { title: `${title}: handout`, claim: 'PDF/UA-1' }, places }))
    }
    return files
  }
  finally {
    await context.close()
  }
}

/** Runs in the page. Drawings say what they show, the contents have room for page numbers, and every place has its name. */
function forPaper(): Record<string, string> {
  for (const svg of document.querySelectorAll('.drawing svg')) {
    const textOf = (attribute: string) => document.getElementById(svg.getAttribute(attribute) ?? '')?.textContent ?? ''
    const said = textOf('aria-describedby')
    for (const attribute of ['aria-labelledby', 'aria-describedby'])
      svg.removeAttribute(attribute)
    svg.setAttribute('aria-label', said)
  }
  for (const link of document.querySelectorAll('#contents a')) {
    const number = document.createElement('span')
    number.className = 'page'
    number.textContent = '00'
    link.append(' ', number)
  }
  // What the margins are set with is part of the page, so that its letters are cut out of the font too.
  const words = document.createElement('p')
  words.className = 'margin-words'
  words.hidden = true
  words.textContent = 'Structure Is a Loan 0123456789'
  words.style.cssText = 'font: 400 11px var(--font-text); color: var(--muted)'
  document.body.append(words)
  return Object.fromEntries([...document.querySelectorAll('a[href^="#"]')].flatMap((link) => {
    const id = link.getAttribute('href')!.slice(1)
    const place = document.getElementById(id)
    const name = id.startsWith('source-') ? `source ${id.slice(7)}` : place?.querySelector('h1, h2, h3, th')?.firstChild?.textContent ?? ''
    return [[id, name]]
  }))
}

/** Runs in the page. */
function writePageNumbers(pages: Record<string, number>): string[] {
  return [...document.querySelectorAll('#contents a')].flatMap((link) => {
    const id = link.getAttribute('href')!.slice(1)
    link.querySelector('.page')!.textContent = String(pages[id] ?? '')
    return pages[id] === undefined ? [id] : []
  })
}
