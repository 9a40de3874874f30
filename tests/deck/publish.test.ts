/** What is put on the host: every version at its own address, for good, and the page of what can be taken along. */
import { createHash } from 'node:crypto'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { builtDeck, gotoSlide, serveDeck } from '../../scripts/lib/deck.ts'
import { composeSite } from '../../scripts/lib/publish.ts'
import { numberOf, openSharedBrowser, watch } from '../support/stage.ts'

let folder: string
const at = (...path: string[]) => join(folder, ...path)

async function contents(of: string): Promise<Record<string, string>> {
  const files = (await readdir(of, { recursive: true, withFileTypes: true })).filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name)).sort()
  return Object.fromEntries(await Promise.all(files.map(async file => [file.slice(of.length), createHash('sha256').update(await readFile(file)).digest('hex')])))
}

describe('a site of two versions', () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'site-'))
    const deck = await builtDeck()
    await mkdir(at('files'))
    for (const file of ['slides.pdf', 'handout-a4.pdf', 'handout-letter.pdf'])
      await writeFile(at('files', file), `%PDF ${file}`)
    await composeSite({ deck, files: at('files'), out: at('first'), version: '0.9.0' })
    await writeFile(at('files', 'slides.pdf'), '%PDF of the second version')
    await composeSite({ deck, files: at('files'), published: at('first'), out: at('second'), version: '0.10.0', repository: 'https://example.org/talks/loan' })
  })
  afterAll(() => rm(folder, { recursive: true }))

  it('keeps the older one to the byte, and has the newer one at the root too', async () => {
    const old = await contents(at('first', 'v', '0.9.0'))
    expect(Object.keys(old).length).toBeGreaterThan(50)
    expect(await contents(at('second', 'v', '0.9.0'))).toEqual(old)
    expect((await readdir(at('second', 'v'))).sort()).toEqual(['0.10.0', '0.9.0'])
    for (const place of ['', 'v/0.10.0'])
      expect(await readFile(at('second', place, 'downloads', 'slides.pdf'), 'utf8')).toBe('%PDF of the second version')
  })

  it('shows both decks, and from each the way to its files, to the other version and back', async () => {
    const served = await serveDeck(at('second'), '/talks/loan/')
    const browser = await openSharedBrowser()
    try {
      const page = await browser.newPage({ viewport: { width: 980, height: 552 } })
      const complaints: string[] = []
      watch(page, complaints)
      page.on('response', response => response.status() >= 400 && complaints.push(`${response.status()} for ${response.url()}`))
      const addresses = ['', 'v/0.10.0/', 'v/0.9.0/'].map(place => served.url + place)
      for (const address of addresses) {
        await gotoSlide(page, address, numberOf('sources'))
        // They open beside the deck, as all its links do.
        const opening = page.waitForEvent('popup')
        await page.getByRole('link', { name: 'take along' }).click()
        const beside = await opening
        await beside.waitForURL(`${address}downloads/`)
        const pdf = beside.getByRole('link', { name: 'Slides', exact: true })
        expect((await beside.request.get(new URL(await pdf.getAttribute('href') ?? '', beside.url()).href)).status()).toBe(200)
        await beside.getByRole('link', { name: 'Back to the deck' }).click()
        await beside.locator('.slidev-page-1').getByText('Is a Loan').first().waitFor({ timeout: 60_000 })
        expect(new URL(beside.url()).pathname).toBe(new URL(address).pathname)
        await beside.close()
      }
      await page.goto(`${served.url}downloads/`)
      expect(await page.getByRole('link', { name: 'Source repository' }).getAttribute('href')).toBe('https://example.org/talks/loan')
      const versions = page.getByRole('heading', { name: 'Versions' }).locator('+ ul').getByRole('link')
      expect(await versions.allTextContents()).toEqual(['0.10.0', '0.9.0'])
      await versions.nth(1).click()
      await page.waitForURL(`${served.url}v/0.9.0/**`)
      expect(complaints).toEqual([])
    }
    finally {
      await browser.close()
      await served.close()
    }
  })

  it('may stand in the deck’s own folder, as npm run site has it, and takes nothing of other commands along', async () => {
    await cp(await builtDeck(), at('dist'), { recursive: true })
    await cp(at('files'), at('dist', 'export'), { recursive: true })
    await composeSite({ deck: at('dist'), files: at('dist', 'export'), out: at('dist', 'site'), version: '1.0.0' })
    const site = await readdir(at('dist', 'site'))
    expect(site).toEqual(expect.arrayContaining(['index.html', 'assets', 'downloads', 'v']))
    expect(site.filter(name => ['export', 'site'].includes(name))).toEqual([])
    expect(await readdir(at('dist', 'site', 'v', '1.0.0'))).toEqual(site.filter(name => name !== 'v'))
  })

  it('offers nothing that says what is spoken, where that is not to be had', async () => {
    const deck = await builtDeck()
    await writeFile(at('files', 'sources.zip'), 'notes among them')
    await composeSite({ deck, files: at('files'), out: at('silent'), version: '1.0.0', notes: false })
    expect((await readdir(at('silent', 'downloads'))).filter(file => /\.(?:pdf|zip)$/.test(file))).toEqual(['slides.pdf'])
    expect(await readFile(at('silent', 'downloads', 'index.html'), 'utf8')).not.toMatch(/handout|sources\.zip/i)
    await mkdir(at('told', 'read'), { recursive: true })
    await writeFile(at('told', 'index.html'), '<html><head></head></html>')
    await expect(composeSite({ deck: at('told'), files: at('files'), out: at('none'), version: '1.0.0', notes: false })).rejects.toThrow('--without-page')
    await composeSite({ deck: at('told'), files: at('files'), out: at('telling'), version: '1.0.0' })
    expect(await readFile(at('telling', 'downloads', 'index.html'), 'utf8')).toContain('../read/')
  })

  it('names what is missing, and what makes it', async () => {
    const deck = await builtDeck()
    await expect(composeSite({ deck: at('nowhere'), files: at('files'), out: at('none'), version: '1.0.0' })).rejects.toThrow('npm run build')
    await expect(composeSite({ deck, files: at('nowhere'), out: at('none'), version: '1.0.0' })).rejects.toThrow('npm run export')
    await expect(composeSite({ deck, files: at('files'), out: at('none'), version: '../1.0.0' })).rejects.toThrow('../1.0.0')
  })
})
