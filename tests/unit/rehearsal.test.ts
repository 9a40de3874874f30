/** The rehearsal: what it counts, what it finds too long, which version it chooses. */
import { describe, expect, it } from 'vitest'
import { plannedSeconds, readPlan } from '../../talk/plan.ts'
import { comfortablePace, difference, neededPace, rehearsalLines, rehearse, versionFor, versions, wrapped } from '../../talk/rehearsal.ts'

const plans = { long: await readPlan(), short: await readPlan({ short: true }) }
const [cover] = plans.long
if (!cover)
  throw new Error('The plan is empty.')

/** A talk made up for the test: words, clicks and seconds of each slide. */
const talk = (...slides: [words: number, clicks: number, seconds: number][]) => slides.map(([words, clicks, seconds], index) => ({
  slide: { ...cover.slide, no: index + 1, alias: `slide-${index + 1}` },
  note: { ...cover.note, seconds, spoken: `${'word '.repeat(words)}${'[click] '.repeat(clicks)}` },
  startsAt: slides.slice(0, index).reduce((sum, [, , seconds]) => sum + seconds, 0),
}))

describe('a rehearsal', () => {
  it('counts the words at the pace and a second a click, and adds up what is late', () => {
    const { slides, spoken, budget } = rehearse(talk([120, 2, 60], [240, 0, 125], [9, 0, 0]), 120)
    expect(slides.map(({ spoken, over, behind }) => ({ spoken, over, behind }))).toEqual([
      { spoken: 62, over: false, behind: 2 },
      { spoken: 120, over: false, behind: -3 },
    ])
    expect([spoken, budget]).toEqual([182, 185])
  })

  it('marks a slide that runs over by more than a breath', () => {
    const over = (seconds: number) => rehearse(talk([120, 0, seconds]), 120).slides[0]?.over
    expect([60, 57, 56].map(over)).toEqual([false, false, true])
    // On a long slide a breath is a twentieth.
    expect(rehearse(talk([240, 0, 115]), 120).slides[0]?.over).toBe(false)
    expect(rehearse(talk([240, 0, 114]), 120).slides[0]?.over).toBe(true)
  })

  it.each(['long', 'short'] as const)('of the %s version fills its budgets, at a comfortable pace', (version) => {
    const { pace, spoken } = rehearse(plans[version])
    expect(spoken).toBeCloseTo(plannedSeconds(plans[version]), 6)
    expect(pace).toBeGreaterThan(comfortablePace.slowest)
    expect(pace).toBeLessThan(comfortablePace.fastest)
  })

  it('takes the time for which a pace was asked', () => {
    expect(rehearse(plans.short, neededPace(plans.short, 1200)).spoken).toBeCloseTo(1200, 6)
  })

  it.each([0, 20, 59, 251, Number.NaN])('refuses a pace of %s', (pace) => {
    expect(() => rehearse(plans.long, pace)).toThrow(`A pace of ${pace} words a minute is not possible: it must lie between 60 and 250.`)
  })
})

describe('the version for a number of minutes', () => {
  it('is the one announced for them, or the one whose pace changes least', () => {
    expect([versions.short, versions.long, 12, 19, 22, 40].map(minutes => versionFor(minutes, plans))).toEqual(['short', 'long', 'short', 'short', 'long', 'long'])
  })

  it.each([1, 8, 90])('is none at all for %i', (minutes) => {
    expect(() => versionFor(minutes, plans)).toThrow(new RegExp(`A talk of ${minutes} minutes is not possible: .* between 9 and [56]\\d, at 250 to 60 words a minute`))
  })
})

describe('the printed rehearsal', () => {
  it('fits into 100 columns at any pace, has a line for each spoken slide, and shows where it runs over', () => {
    for (const plan of Object.values(plans)) {
      for (const pace of [60, 140, 250]) {
        const rehearsal = rehearse(plan, pace)
        const lines = rehearsalLines(rehearsal, { slot: 900 })
        expect(lines.filter(line => line.length > 100)).toEqual([])
        for (const { no, alias, over } of rehearsal.slides)
          expect(lines.find(line => line.startsWith(`${String(no).padStart(3)}  ${alias} `))?.includes('▲'), alias).toBe(over)
      }
    }
  })

  it('says during which slide the time ends, once', () => {
    const lines = rehearsalLines(rehearse(talk([120, 0, 60], [120, 0, 60], [120, 0, 60]), 120), { slot: 90 })
    const end = lines.findIndex(line => line.includes('1:30 comes during this slide'))
    expect(lines[end - 1]).toContain('slide-2')
    expect(lines.filter(line => line.includes('comes during'))).toHaveLength(1)
    expect(rehearsalLines(rehearse(talk([120, 0, 60]), 120), { slot: 60 }).join('\n')).not.toContain('comes during')
  })

  it('writes differences with their sign and wraps its prose', () => {
    expect([-61, 0.4, 75].map(difference)).toEqual(['−1:01', ' 0:00', '+1:15'])
    const lines = wrapped('word '.repeat(50).trim())
    expect(lines.join(' ')).toBe('word '.repeat(50).trim())
    expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(98)
  })
})
