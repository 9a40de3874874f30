/** What a build writes for hosts and for machines that read its head, and how it takes an address. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { headerRules, hostFiles, singleFilePolicy, sitePolicy } from '../../setup/vite/policy.ts'
import { localDeck, siteAddress } from '../../setup/vite/site.ts'
import { describe as describeTalk } from '../../setup/vite/page.ts'
import { slim } from '../../setup/vite/slim.ts'

const root = join(import.meta.dirname, '..', '..')
const headmatter = { title: 'A < B', info: 'It says “so” & "so".', author: 'A. B.', keywords: 'a, b', favicon: './favicon.svg', htmlAttrs: { lang: 'en' } }

describe('the policies', () => {
  it('forbid what is not named, text that becomes code, and WebAssembly where nothing compiles it', () => {
    for (const policy of [sitePolicy(['a']), singleFilePolicy(['a'], ['b'])]) {
      expect(policy).toMatch(/^default-src 'none'; /)
      expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|\*|https?:/)
    }
    expect(sitePolicy(['a'])).not.toContain('wasm-unsafe-eval')
  })

  it('name what stands in the page by its hash', () => {
    // The digests of “a” and “b”, by sha256sum.
    expect(sitePolicy(['a'])).toContain('script-src \'self\' \'sha256-ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs=\'')
    expect(singleFilePolicy(['a'], ['b'])).toContain('script-src \'sha256-ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs=\'')
    expect(singleFilePolicy(['a'], ['b'])).toContain('style-src \'sha256-PiPoFgA5WUoziU9lZOGxNIu9egCI1CxKy3PurtWcAJ0=\'')
  })
})

describe('the header files', () => {
  const rules = headerRules(sitePolicy(['a']))
  const files = hostFiles(rules, '/talks/loan/')

  it('say the same to every host', () => {
    for (const { path, headers } of rules) {
      for (const [name, value] of Object.entries(headers)) {
        expect(files._headers, path).toContain(`${name}: ${value}`)
        expect(files['.htaccess'], path).toContain(`Header always set ${name} "${value}"`)
        expect(files['nginx.conf'], path).toContain(`add_header ${name} "${value}" always;`)
      }
    }
    const { headers } = JSON.parse(files['vercel.json']!) as { headers: { source: string, headers: { key: string, value: string }[] }[] }
    expect(headers.map(rule => Object.fromEntries(rule.headers.map(({ key, value }) => [key, value])))).toEqual(rules.map(({ headers }) => headers))
    expect(headers.map(({ source }) => source)).toContain('/talks/loan/assets/(.*)')
  })

  it('stand under the folder of the deck', () => {
    expect(files._headers!.split('\n').filter(line => line.startsWith('/'))).toEqual(rules.map(({ path }) => `/talks/loan/${path}`))
    expect(files['nginx.conf']!.match(/^location .+(?= \{)/gm)).toEqual(['location = /talks/loan/', 'location = /talks/loan/index.html', 'location ^~ /talks/loan/read/', 'location = /talks/loan/offline.js', 'location ^~ /talks/loan/assets/', 'location ^~ /talks/loan/workers/'])
  })

  it('keep for long only what carries a hash in its name', () => {
    expect(rules.filter(({ headers }) => headers['Cache-Control']?.includes('immutable')).map(({ path }) => path)).toEqual(['assets/*', 'workers/*'])
  })
})

describe('the address of a site', () => {
  it('stands in the head, absolute, and otherwise nowhere', () => {
    const address = siteAddress('https://example.org/talks/loan')
    expect(address).toBe('https://example.org/talks/loan/')
    const head = describeTalk(root, headmatter, { ...localDeck, address })
    expect(head).toContain('<link rel="canonical" href="https://example.org/talks/loan/">')
    expect(head).toContain('<meta property="og:url" content="https://example.org/talks/loan/">')
    expect(describeTalk(root, headmatter, localDeck).join('\n')).not.toMatch(/canonical|og:url/)
  })

  it.each(['example.org', 'ftp://example.org/', 'https://example.org/?a=b', ''])('is refused when it is none: “%s”', (text) => {
    expect(() => siteAddress(text)).toThrow(`got “${text}”`)
  })

  it('comes with words that are written as HTML wants them', () => {
    const head = describeTalk(root, headmatter, localDeck)
    expect(head).toContain('<title>A &lt; B</title>')
    expect(head).toContain('<meta name="description" content="It says “so” &amp; &quot;so&quot;.">')
  })
})

describe('what the built deck leaves out of Slidev', () => {
  /** What the build says of a deck with these words in that file. */
  function saidOf(text: string, file: string): string {
    const folder = mkdtempSync(join(tmpdir(), 'slim-'))
    try {
      for (const room of ['addons', 'components/chart', 'layouts'])
        mkdirSync(join(folder, room), { recursive: true })
      writeFileSync(join(folder, 'slides.md'), '# A heading\n\nIn 2024 it cost $5 and `code`.\n')
      writeFileSync(join(folder, file), text)
      let said = ''
      const plugin = slim(folder) as unknown as { buildStart: () => void }
      plugin.buildStart.call({ error: (words: string) => (said += words) })
      return said
    }
    finally {
      rmSync(folder, { recursive: true })
    }
  }

  it.each(['<p v-mark.red="1">', '<p v-motion>', '<VDrag pos="1">', '<p v-drag>', '```ts\nlet a\n```', '$$\na\n$$', '> [!NOTE]\n> a'])('stops the build with the file that uses it: %s', (text) => {
    for (const file of ['slides.md', join('components', 'chart', 'A.vue'), join('layouts', 'b.vue')])
      expect(saidOf(text, file)).toContain(`${file} uses `)
  })

  it('stops no build of a deck that does without', () => {
    expect(saidOf('<template><p>$5</p></template>', join('layouts', 'b.vue'))).toBe('')
  })
})
