/** The talk as a whole: slides, notes, owners, sources and claims fit together. */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { claims } from '../../data/claims.ts'
import { isOwnerId } from '../../data/owners.ts'
import { numbers } from '../../data/numbers.ts'
import { isSourceId, sources } from '../../data/sources.ts'
import { readSlides, root } from '../../scripts/lib/deck.ts'
import { clickMarkers, clock, parseAct, readScript, spokenWords } from '../../scripts/lib/spoken-script.ts'

const slides = await readSlides()
const script = readScript(join(root, 'notes'))

describe('every slide', () => {
  it('has an alias of its own, and a heading', () => {
    expect(slides.filter(({ alias, heading }) => !alias || !heading).map(({ no }) => `slide ${no}`)).toEqual([])
    expect(new Set(slides.map(({ alias }) => alias)).size).toBe(slides.length)
  })

  it('is owned by somebody we know, if it claims something', () => {
    const silent = ['sources', 'methods']
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

describe('the post', () => {
  it('is told whole, and in its order', () => {
    const told = slides.flatMap(({ claims }) => claims)
    expect(Object.keys(claims).filter(claim => !told.includes(claim))).toEqual([])
    expect(told.filter(claim => !Object.hasOwn(claims, claim))).toEqual([])

    const numberOf = (claim: string) => Number.parseInt(claim.slice(1))
    const firstTold = [...new Set(slides.slice(0, -1).filter(({ alias }) => alias !== 'questions').flatMap(({ claims }) => claims).map(numberOf))]
    expect(firstTold).toEqual([...firstTold].sort((a, b) => a - b))
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

  it('fits its time: each slide at a speaking pace, all of them in 25 minutes ± 2', () => {
    for (const note of script.filter(({ seconds }) => seconds >= 20)) {
      const pace = spokenWords(note) / note.seconds * 60
      expect(pace, `words a minute on “${note.alias}”`).toBeGreaterThan(115)
      expect(pace, `words a minute on “${note.alias}”`).toBeLessThan(165)
    }
    const total = script.reduce((sum, { seconds }) => sum + seconds, 0)
    expect(total, `the budgets add up to ${clock(total)}`).toBeGreaterThanOrEqual(23 * 60)
    expect(total, `the budgets add up to ${clock(total)}`).toBeLessThanOrEqual(27 * 60)
  })

  it('answers likely questions', () => {
    const unasked = script.filter(({ seconds, asked }) => seconds >= 30 && !asked)
    expect(unasked.map(({ alias }) => alias)).toEqual([])
  })

  it('says which heading it cannot read', () => {
    expect(() => parseAct('# Act\n\n## loss\n\nwords', 'act-1.md')).toThrow('notes/act-1.md: the heading “## loss” is not of the form “## routeAlias (m:ss)”.')
  })
})

describe('the sources', () => {
  it('can be found: each has an arXiv number, an address or a venue, or says it was seen second-hand', () => {
    const lost = Object.entries(sources).filter(([id, source]) =>
      id !== 'deck' && !('arxiv' in source && source.arxiv) && !('url' in source && source.url) && !('venue' in source && source.venue) && source.verification === 'verified')
    expect(lost.map(([id]) => id)).toEqual([])
  })

  it('have well-formed arXiv numbers', () => {
    for (const [id, source] of Object.entries(sources)) {
      if ('arxiv' in source && source.arxiv)
        expect(source.arxiv, id).toMatch(/^\d{4}\.\d{4,5}$/)
    }
  })
})
