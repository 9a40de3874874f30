/** The talk as a whole: slides, notes, owners, sources and claims fit together. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { injectPreparserExtensionLoader, load } from '@slidev/parser/fs'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { claims } from '../../data/claims.ts'
import { numbers } from '../../data/numbers.ts'
import { sources } from '../../data/sources.ts'
import { readSlides, root } from '../../talk/slides.ts'
import { countOutcomes, loans } from '../../data/loan-book.ts'
import { clock, inWords } from '../../lab/format.ts'
import { readingPages } from '../../lab/loan-query.ts'
import { repeatPages } from '../../talk/from-data.ts'
import { unknownNames } from '../../talk/names.ts'
import { plannedSeconds, readPlan } from '../../talk/plan.ts'
import { clickMarkers, parseAct, presenterNote, readScript, scriptFiles, spokenWords } from '../../talk/script.ts'
import { wordsOf } from '../../talk/version.ts'
import preparser from '../../setup/preparser.ts'

const slides = await readSlides()
const script = readScript(join(root, 'notes'))
/** Where to edit a note. */
const placeOf = ({ file, alias }: { file: string, alias: string }) => `notes/${file}, “${alias}”`
const shortPlan = await readPlan({ short: true })

describe('every slide', () => {
  it('has an alias of its own, and a heading', () => {
    expect(slides.filter(({ alias, heading }) => !alias || !heading).map(({ no }) => `slide ${no}`)).toEqual([])
    expect(new Set(slides.map(({ alias }) => alias)).size).toBe(slides.length)
  })

  it('has an owner, unless it lists what others own', () => {
    const lists = ['SourceList', 'MethodsList']
    expect(slides.filter(({ owners, content }) => owners.length === 0 && !lists.some(list => content.includes(`<${list} `))).map(({ alias }) => `slides.md, slide “${alias}”: no owner`)).toEqual([])
  })

  it('names only what exists: an owner, a source, a claim, a number, a layout, a component, a key', () => {
    const words = '# A slide\n\n<Num of="loss" /> <ChatPrice />\n\n`<Code />`\n\n```html\n<Block />\n```\n\n<Num of="post.number" /> <VClicks />'
    expect(unknownNames({ owners: ['wei', 'nobody'], sources: ['cs25', 'nowhere'], claims: ['P1', 'P0'], layout: 'sentence' }, words)).toEqual([
      'owner “nobody” (data/owners.ts)',
      'source “nowhere” (data/sources.ts)',
      'claim “P0” (data/claims.ts)',
      'number “loss” (data/numbers.ts)',
      expect.stringMatching(/^layout “sentence” \(layouts\/ has .*statement/),
      'component “ChatPrice” (components/)',
    ])
    expect(unknownNames({ owners: ['wei'], layout: 'statement', clicks: 2 }, '<Num of="post.number" />')).toEqual([])
    expect(unknownNames({ clicks: 'two', sourcenote: 'as read' } as object, '')).toEqual([
      expect.stringMatching(/^key “sourcenote” \(it may be .*sourceNote/),
      'number of clicks “two” (it is a whole number)',
    ])
  })

  it('names the source of each number in its text', () => {
    for (const { alias, content, sources } of slides) {
      for (const [, id = ''] of content.matchAll(/<Num of="([^"]+)"/g))
        expect([...sources, 'deck'], `slides.md, slide “${alias}”: sources, for the number “${id}”`).toContain(numbers[id as keyof typeof numbers].source)
    }
  })

  it('writes no number that lives elsewhere', () => {
    for (const { alias, content } of slides) {
      const prose = content.replace(/<[^>]+>/g, ' ').replace(/\p{L}[\p{L}\d]*[-.]?\d[\d.\p{L}]*/gu, '')
      // The year in a quotation's attribution belongs to the attribution.
      expect(prose.match(/\d+/g) ?? [], `slides.md, slide “${alias}”: numbers typed in; they belong into data/numbers.ts`).toEqual([])
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
    expect(script.filter(({ alias }) => !shown.includes(alias)).map(note => `${placeOf(note)}: no such slide in slides.md`)).toEqual([])
    expect(shown.filter(alias => !spoken.includes(alias)).map(alias => `slides.md, slide “${alias}”: no note in notes/`)).toEqual([])
    expect(spoken, 'the order of notes/ is that of slides.md').toEqual(shown)
  })

  it('marks the clicks of every slide', () => {
    const off = slides.flatMap(({ alias, clicks }) => script.filter(note => note.alias === alias && clickMarkers(note) !== clicks).map(note => `${placeOf(note)}: ${clickMarkers(note)} [click], where slides.md says clicks: ${clicks}`))
    expect(off).toEqual([])
  })

  it.each([
    ['all of it', script, 25],
    ['the short version', shortPlan.map(({ note }) => note), 15],
  ])('is spoken at 115 to 165 words a minute on each slide, and fits its time within a minute: %s', (_, notes, minutes) => {
    const paces = notes.filter(({ seconds }) => seconds >= 20).map(note => ({ note, pace: Math.round(spokenWords(note) / note.seconds * 60) }))
    expect(paces.filter(({ pace }) => pace <= 115 || pace >= 165).map(({ note, pace }) => `${placeOf(note)}: ${pace} words a minute in ${clock(note.seconds)}`)).toEqual([])
    const total = notes.reduce((sum, { seconds }) => sum + seconds, 0)
    expect(Math.abs(total - minutes * 60), `the budgets in the headings of notes/ add up to ${clock(total)} instead of ${minutes} minutes: shorten some, or leave slides out of the short version by short: skip in their frontmatter`).toBeLessThanOrEqual(60)
  })

  it('says words on at most 26 slides, at 135 of them a minute, clicks and pauses among them', () => {
    const spoken = script.filter(note => note.seconds > 0)
    expect(spoken.length, 'slides that are spoken about: more do not fit into 25 minutes; budget (0:00) in its note makes one a slide for questions').toBeLessThanOrEqual(26)
    const words = spoken.reduce((sum, note) => sum + spokenWords(note), 0)
    const minutes = spoken.reduce((sum, { seconds }) => sum + seconds, 0) / 60
    expect(Math.abs(words / minutes - 135), `${Math.round(words / minutes)} words a minute`).toBeLessThanOrEqual(10)
  })

  it.each([['all of it', script], ['the short version', shortPlan.map(({ note }) => note)]])('says no sentence of more than 30 words: %s', (_, notes) => {
    const long = notes.filter(({ seconds }) => seconds > 0).flatMap(note => note.spoken.replaceAll('[click]', ' ').split(/(?<=[.?!][”"]?)\s+/).filter(sentence => sentence.split(/\s+/).filter(word => /[\p{L}\d]/u.test(word)).length > 30).map(sentence => `${placeOf(note)}: ${sentence}`))
    expect(long).toEqual([])
  })

  it('answers likely questions on every slide that is spoken about', () => {
    expect(script.filter(({ seconds, asked }) => seconds > 0 && !asked).map(note => `${placeOf(note)}: no “### If asked”`)).toEqual([])
  })

  it('says no number of three digits or more that neither data/ nor a test has: one changed there has to be changed here', () => {
    const textOf = (ending: string) => ['data', 'tests/unit', 'tests/component'].flatMap(folder => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith(ending)).map(file => readFileSync(join(root, folder, file), 'utf8'))).join('\n')
    const numbersIn = (words: string) => (words.match(/(?<![\w.])\d[\d_,]*(?:\.\d+)?(?:e[+-]?\d+)?/g) ?? []).map(found => found.replace(/[_,]/g, ''))
    const scaled = (found: string) => [-2, 0, 3, 6, 9, 12].map(power => Number(found) / 10 ** power)
    const known = new Set([
      ...numbersIn(textOf('.ts')).flatMap(found => [found.replace(/e.*/, ''), ...scaled(found).flatMap(value => [String(value), ...[0, 1, 2, 3].map(digits => value.toFixed(digits))])]),
      // Of recordings, whose many digits would round to anything, as they stand.
      ...numbersIn(textOf('.json')).flatMap(found => scaled(found).map(String)),
    ])
    const unknown = script.flatMap(note => numbersIn(`${note.spoken}\n${note.asked}`.replace(/arXiv:\S+/g, ''))
      .filter(found => found.replace('.', '').replace(/^0+/, '').length >= 3 && !known.has(found))
      .map(found => `${placeOf(note)}: ${found} is neither in data/ nor in tests/unit or tests/component`))
    expect(unknown).toEqual([])
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

  it('marks the clicks of every slide', () => {
    expect(shortPlan.filter(({ slide, note }) => clickMarkers(note) !== slide.clicks).map(({ slide, note }) => `${placeOf(note)}: ${clickMarkers(note)} [click] in the short version, where slides.md says clicks: ${slide.clicks}`)).toEqual([])
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
    expect(wordsOf('{ear: Look here.}{eye: The figure shows it.} Then {long: more}{short: less}.', false, 'a note', 'eye')).toBe('The figure shows it. Then more.')
    expect(wordsOf('{ear: Look here.}{eye: The figure shows it.} Then {long: more}{short: less}.', true, 'a note')).toBe('Look here. Then less.')
    expect(() => wordsOf('One {long: two\nthree}', true, 'notes/act-1.md, “loss”')).toThrow('notes/act-1.md, “loss”: a mark is not of the form “{long: words}” or “{short: words}” on one line: One {long: two')
  })
})

describe('what the data fill in', () => {
  it('repeats the slide of the reading pages, and its note, as often as the loan book has pages', () => {
    const pages = slides.filter(({ content }) => /<LoanBook :page=/.test(content))
    expect(pages.map(({ content }) => /:page="(\d+)"/.exec(content)?.[1])).toEqual(readingPages.map((_, index) => String(index + 1)))
    expect(new Set(pages.map(({ heading }) => heading)).size).toBe(readingPages.length)
    for (const { alias, heading } of pages)
      expect(script.find(note => note.alias === alias)?.spoken.toLowerCase(), alias).toContain(heading.toLowerCase())
  })

  it('leaves slides without {page} as they are', () => {
    const lines = ['---', 'routeAlias: one', '---', '', '# One', '', '---', 'routeAlias: two', '---', '', '# Two']
    const before = [...lines]
    repeatPages(lines)
    expect(lines).toEqual(before)
  })

  it('says numbers by their names, at the beginning of a sentence too, and refuses a name that is not known with the place', () => {
    const [all, first] = [inWords(loans.length), inWords(countOutcomes()[0]!.count)]
    expect(wordsOf(`There are {num: loans}. {Num: loans ${countOutcomes()[0]!.outcome}} of them{long: , on {num: lecture.date}}.`, false, 'here'))
      .toBe(`There are ${all}. ${first[0]!.toUpperCase()}${first.slice(1)} of them, on ${numbers['lecture.date'].text}.`)
    expect(() => wordsOf('{num: loan}', false, 'notes/act-4.md, “table”')).toThrow(/^notes\/act-4\.md, “table”: unknown number “loan”\. Use a key of data\/numbers\.ts, or one of loans, /)
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
