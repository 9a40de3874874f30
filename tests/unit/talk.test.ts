/** The talk as a whole: slides, notes, owners, sources and claims fit together. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { injectPreparserExtensionLoader, load } from '@slidev/parser/fs'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { claims } from '../../data/claims.ts'
import { isOwnerId } from '../../data/owners.ts'
import { numbers } from '../../data/numbers.ts'
import { isSourceId, sources } from '../../data/sources.ts'
import { readSlides, root } from '../../talk/slides.ts'
import { clock } from '../../lab/format.ts'
import { plannedSeconds, readPlan } from '../../talk/plan.ts'
import { clickMarkers, parseAct, presenterNote, readScript, scriptFiles, spokenWords } from '../../talk/script.ts'
import { wordsOf } from '../../talk/version.ts'
import preparser from '../../setup/preparser.ts'

const slides = await readSlides()
const script = readScript(join(root, 'notes'))
const shortPlan = await readPlan({ short: true })

describe('every slide', () => {
  it('has an alias of its own, and a heading', () => {
    expect(slides.filter(({ alias, heading }) => !alias || !heading).map(({ no }) => `slide ${no}`)).toEqual([])
    expect(new Set(slides.map(({ alias }) => alias)).size).toBe(slides.length)
  })

  it('is owned by somebody we know, if it claims something', () => {
    const silent = ['sources', 'sources-2', 'methods']
    for (const { alias, owners } of slides.filter(({ alias }) => !silent.includes(alias)))
      expect(owners.length, `owners of “${alias}”`).toBeGreaterThan(0)
    for (const { alias, owners } of slides)
      expect(owners.filter(owner => !isOwnerId(owner)), `unknown owners of “${alias}”`).toEqual([])
  })

  it('names only sources that exist', () => {
    for (const { alias, sources } of slides)
      expect(sources.filter(id => !isSourceId(id)), `unknown sources of “${alias}”`).toEqual([])
  })

  it('names the source of each number in its text', () => {
    for (const { alias, content, sources } of slides) {
      for (const [, id = ''] of content.matchAll(/<Num of="([^"]+)"/g)) {
        const number = numbers[id as keyof typeof numbers]
        expect(number, `the number “${id}” on “${alias}”`).toBeDefined()
        expect([...sources, 'deck'], `sources of “${alias}”, for the number “${id}”`).toContain(number.source)
      }
    }
  })

  it('writes no number that lives elsewhere', () => {
    for (const { alias, content } of slides) {
      const prose = content.replace(/<[^>]+>/g, ' ').replace(/\p{L}[\p{L}\d]*[-.]?\d[\d.\p{L}]*/gu, '')
      // The year in a quotation's attribution belongs to the attribution.
      expect(prose.match(/\d+/g) ?? [], `numbers typed into “${alias}”`).toEqual([])
    }
  })
})

/** The post tells objectives (P9, P10) before removals (P11, P12); the deck turns that round, because the objective is the next loan. */
const ordered = [1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 9, 10]

/** The claims by their number, in the order in which the talk first tells them. */
const firstTold = (slides: readonly { claims: readonly string[] }[]) => [...new Set(slides.flatMap(({ claims }) => claims).map(claim => Number.parseInt(claim.slice(1))))]

describe('the post', () => {
  it('is told whole, and in its order but for the objectives, which come after the removals', () => {
    const told = slides.flatMap(({ claims }) => claims)
    expect(Object.keys(claims).filter(claim => !told.includes(claim))).toEqual([])
    expect(told.filter(claim => !Object.hasOwn(claims, claim))).toEqual([])

    expect(firstTold(slides)).toEqual(ordered)
  })
})

describe('the spoken script', () => {
  it('has a note for every slide and a slide for every note, in order', () => {
    const spoken = script.map(({ alias }) => alias)
    const shown = slides.map(({ alias }) => alias)
    expect(spoken.filter(alias => !shown.includes(alias)), 'notes without a slide').toEqual([])
    expect(shown.filter(alias => !spoken.includes(alias)), 'slides without a note').toEqual([])
    expect(spoken, 'the order of the notes').toEqual(shown)
  })

  it.each(slides.map(({ alias, clicks }) => [alias, clicks]))('marks the clicks of “%s” (%i)', (alias, clicks) => {
    const note = script.find(note => note.alias === alias)
    expect(note, `note of “${alias}”`).toBeDefined()
    expect(clickMarkers(note!), `[click] markers in the note of “${alias}”`).toBe(clicks)
  })

  it.each([
    ['all of them in 25 minutes ± 1', script, 25, 1],
    ['those of the short version in 15 minutes ± 1', shortPlan.map(({ note }) => note), 15, 1],
  ])('fits its time: each slide at a speaking pace, %s', (_, notes, minutes, tolerance) => {
    for (const note of notes.filter(({ seconds }) => seconds >= 20)) {
      const pace = spokenWords(note) / note.seconds * 60
      expect(pace, `words a minute on “${note.alias}”`).toBeGreaterThan(115)
      expect(pace, `words a minute on “${note.alias}”`).toBeLessThan(165)
    }
    const total = notes.reduce((sum, { seconds }) => sum + seconds, 0)
    expect(Math.abs(total - minutes * 60), `the budgets add up to ${clock(total)}`).toBeLessThanOrEqual(tolerance * 60)
  })

  it('says words on at most 26 slides, at 135 of them a minute, clicks and pauses among them', () => {
    const spoken = script.filter(note => note.seconds > 0)
    expect(spoken.length).toBeLessThanOrEqual(26)
    const words = spoken.reduce((sum, note) => sum + spokenWords(note), 0)
    const minutes = spoken.reduce((sum, { seconds }) => sum + seconds, 0) / 60
    expect(Math.abs(words / minutes - 135), `${Math.round(words / minutes)} words a minute`).toBeLessThanOrEqual(10)
  })

  it.each([['all of it', script], ['the short version', shortPlan.map(({ note }) => note)]])('says no sentence of more than 30 words: %s', (_, notes) => {
    const long = notes.filter(({ seconds }) => seconds > 0).flatMap(note => note.spoken.replaceAll('[click]', ' ').split(/(?<=[.?!][”"]?)\s+/).filter(sentence => sentence.split(/\s+/).filter(word => /[\p{L}\d]/u.test(word)).length > 30).map(sentence => `${note.alias}: ${sentence}`))
    expect(long).toEqual([])
  })

  it('answers likely questions', () => {
    const unasked = script.filter(({ seconds, asked }) => seconds >= 30 && !asked)
    expect(unasked.map(({ alias }) => alias)).toEqual([])
  })

  it('says which heading it cannot read', () => {
    expect(() => parseAct('# Act\n\n## loss\n\nwords', 'act-1.md')).toThrow('notes/act-1.md: the heading “## loss” is not of the form “## routeAlias (m:ss)” or “## routeAlias (m:ss, short m:ss)”.')
  })
})

/** Words that point to another slide, and the slide they point to. */
const pointers: [words: string, alias: string][] = [
  ['On the Friedman benchmark, the next slide', 'race'],
  ['close to that cartoon', 'race'],
  ['further down Chung\'s ladder', 'morph'],
  ['the narrow bridge that Chung suspects', 'morph'],
  ['which our listener would call more constraint', 'objection'],
  ['The first loan of the case study', 'morph'],
  ['every field on the pages at the end', 'book-1'],
]

describe('the short version', () => {
  const kept = shortPlan.map(({ slide }) => slide)

  afterEach(() => {
    vi.unstubAllEnvs()
  })

  it('tells the argument of the post whole and in the order of the talk, act by act, with both live hearts', () => {
    expect(firstTold(kept)).toEqual(ordered)
    expect([...new Set(shortPlan.map(({ note }) => note.file))]).toEqual(scriptFiles)
    for (const heart of ['<ScalingCurve />', '<LoanBook />'])
      expect(kept.filter(({ content }) => content.includes(heart)).map(({ clicks }) => clicks > 0), heart).toEqual([true])
  })

  it('skips what the frontmatter says, and numbers its pages from 1', () => {
    expect(kept.map(({ no }) => no)).toEqual(kept.map((_, index) => index + 1))
    expect(kept.map(({ alias }) => alias)).toEqual(slides.filter(({ skippedInShort }) => !skippedInShort).map(({ alias }) => alias))
    expect(kept.length).toBeLessThan(slides.length)
  })

  it.each(shortPlan.map(({ slide, note }) => [slide.alias, slide.clicks, note] as const))('marks the clicks of “%s” (%i)', (_, clicks, note) => {
    expect(clickMarkers(note)).toBe(clicks)
  })

  it('begins each slide when the one before it ends', () => {
    for (const [index, { startsAt }] of shortPlan.entries())
      expect(startsAt).toBe(plannedSeconds(shortPlan.slice(0, index)))
  })

  it('never points to a slide that it skips', async () => {
    const everything = async (short: boolean) => (await readPlan({ short }))
      .map(({ note }) => `${note.spoken}\n${note.asked}`)
      .concat(wordsOf(readFileSync(join(root, 'slides.md'), 'utf8'), short, 'slides.md'))
      .join('\n')
    const [long, short] = [await everything(false), await everything(true)]
    for (const [words, alias] of pointers) {
      expect(long, 'a pointer that is no longer there').toContain(words)
      if (short.includes(words))
        expect(kept.map(slide => slide.alias), `“${words}” points there`).toContain(alias)
    }
  })

  it('marks no words and no time on a slide that it skips', () => {
    const raw = scriptFiles.map(file => readFileSync(join(root, 'notes', file), 'utf8')).join('\n').split(/^## /m)
    for (const { alias } of slides.filter(({ skippedInShort }) => skippedInShort))
      expect(raw.find(section => section.startsWith(`${alias} `)), alias).not.toMatch(/, short |\{(?:long|short):/)
  })

  it.each([false, true])('is what Slidev shows when it was asked for (%s)', async (short) => {
    vi.stubEnv('SHORT_TALK', short ? '1' : '0')
    injectPreparserExtensionLoader(async () => preparser({ filepath: 'slides.md', headmatter: {} }))
    const shown = await load({ roots: [root], userRoot: root }, join(root, 'slides.md'))
    const plan = await readPlan({ short })
    expect(shown.slides.map(({ frontmatter }) => frontmatter.routeAlias)).toEqual(plan.map(({ slide }) => slide.alias))
    expect(shown.slides.map(({ note }) => note)).toEqual(plan.map(({ note, startsAt }) => presenterNote(note, startsAt)))
    expect(shown.slides.map(({ frontmatter }) => frontmatter.plan)).toEqual(plan.map(({ note, startsAt }) => ({ startsAt, seconds: note.seconds })))
    // The line at the foot: the acts in order on the slides that are spoken about, and none after them.
    const acts = shown.slides.map(({ frontmatter }) => (frontmatter.act as { index: number, of: number } | undefined))
    expect(acts.map(act => act !== undefined)).toEqual(plan.map(({ note }) => note.seconds > 0))
    expect([...new Set(acts.flatMap(act => act ? [`${act.index} of ${act.of}`] : []))]).toEqual([0, 1, 2, 3, 4, 5, 6].map(index => `${index} of 7`))
    expect(shown.headmatter.duration).toBe(plannedSeconds(plan))
    expect(shown.slides.map(({ content }) => content).join('\n')).not.toMatch(/\{(?:long|short):/)
  })

  it('opens its own marks, lets the others fall out with their space, and refuses a mark that does not end', () => {
    const marked = 'One {long: two} three{long: , four}. {short: Five.}\n{long: Six}{short: Seven} eight.'
    expect(wordsOf(marked, false, 'here')).toBe('One two three, four.\nSix eight.')
    expect(wordsOf(marked, true, 'here')).toBe('One three. Five.\nSeven eight.')
    expect(() => wordsOf('One {long: two\nthree}', true, 'notes/act-1.md, “loss”')).toThrow('notes/act-1.md, “loss”: a mark is not of the form “{long: words}” or “{short: words}” on one line: One {long: two')
  })
})

describe('the sources', () => {
  it('can be found: each has an arXiv number, an address or a venue, or says it was seen second-hand', () => {
    const lost = Object.entries(sources).filter(([id, source]) =>
      id !== 'deck' && !('arxiv' in source && source.arxiv) && !('url' in source && source.url) && !('venue' in source && source.venue) && source.verification === 'verified')
    expect(lost.map(([id]) => id)).toEqual([])
  })

  it('are each cited, by a slide, a figure, a row or a note', () => {
    const folders = ['components', 'data', 'notes'].flatMap(folder => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map(file => join(folder, file)))
    const texts = ['slides.md', ...folders.filter(file => /\.(?:md|ts|vue)$/.test(file) && !/^data.sources/.test(file))].map(file => ({ file, text: readFileSync(join(root, file), 'utf8') }))
    const names = (text: string, name: string) => new RegExp(`(?<![\\w-])${name.replaceAll(/[().]/g, '\\$&')}(?![\\w-])`).test(text)
    const uncited = Object.entries(sources).filter(([id, { short, arxiv }]) => {
      // A note says it in words: the arXiv number, the name in brackets, or the authors.
      const [inBrackets] = /(?<=\().+(?=\))/.exec(short) ?? []
      const spoken = [arxiv, inBrackets, short.split(/ \d{4}|,/)[0]].filter(name => name !== undefined)
      return !texts.some(({ file, text }) => names(text, id) || (/^notes/.test(file) && spoken.some(name => names(text, name))))
    })
    expect(uncited.map(([id]) => id)).toEqual([])
  })

  it('have well-formed arXiv numbers', () => {
    for (const [id, source] of Object.entries(sources)) {
      if ('arxiv' in source && source.arxiv)
        expect(source.arxiv, id).toMatch(/^\d{4}\.\d{4,5}$/)
    }
  })
})
