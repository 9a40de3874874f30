/** The recorded results: they are complete, what they hold is what it claims to be, and they fit the code as it is. */
import { describe, expect, it } from 'vitest'
import { attentionMap, objectiveLab, rungsRecord, structureRace } from '../../data/recorded.ts'
import { MAP_CONSTRAINTS, MAP_EXAMPLES, MAP_PENALTIES, MAP_SETTINGS, trueMap } from '../../lab/attention-map.ts'
import { CAVEAT_SETTINGS, OBJECTIVE_SETTINGS } from '../../lab/objective-lab.ts'
import { BATCH } from '../../lab/race/learner.ts'
import type { RacePreset } from '../../lab/race/task.ts'
import { createRace, FIRST_ORDERED_EXAMPLES, RACE_RELAYS, raceAxes, TEST_POINTS } from '../../lab/structure-race.ts'

const presets: readonly RacePreset[] = ['mostly-linear', 'friedman1']

/** The different lengths among lists. */
const lengths = (lists: readonly (readonly unknown[])[]) => [...new Set(lists.map(({ length }) => length))]

describe('the records', () => {
  it('name the command that makes them', () => {
    expect(structureRace.command).toBe('npm run record -- structure-race')
    expect(attentionMap.command).toBe('npm run record -- attention-map')
    expect(objectiveLab.command).toBe('npm run record -- objective-lab')
  })

  it('were made with the settings the code has now', () => {
    expect(structureRace.settings).toEqual({ batch: BATCH, testPoints: TEST_POINTS, firstOrderedExamples: FIRST_ORDERED_EXAMPLES })
    for (const preset of presets) {
      const record = structureRace.presets[preset]
      expect(record.axes).toEqual(raceAxes())
      expect(record.relay.learners).toEqual(RACE_RELAYS[preset])
      expect(record.learners.map(({ name, parameters, stepFlop, rate, rateSteps }) => ({ name, parameters, stepFlop, rate, rateSteps })))
        .toEqual(createRace(preset, 1).runners.map(({ shape: { name, parameters, stepFlop }, schedule }) => ({ name, parameters, stepFlop, ...schedule })))
    }
    expect(attentionMap.settings).toEqual({ ...MAP_SETTINGS, penalties: MAP_PENALTIES })
    expect(attentionMap.examples).toEqual(MAP_EXAMPLES)
    expect(attentionMap.constraints.map(c => c.constraint)).toEqual(MAP_CONSTRAINTS)
    expect(objectiveLab.settings).toEqual({ ...OBJECTIVE_SETTINGS, caveat: CAVEAT_SETTINGS })
  })

  it('have a value in every curve for every budget of its axis, and a curve for every seed', () => {
    for (const preset of presets) {
      const { axes, learners, relay } = structureRace.presets[preset]
      for (const on of ['examples', 'flop'] as const) {
        expect(lengths(learners.flatMap(l => Object.values(l[on]))), `${preset}, ${on}`).toEqual([axes[on].length])
        expect(lengths(relay[on].leads), `${preset}, relay, ${on}`).toEqual([axes[on].length])
      }
      expect(lengths(learners.map(l => l.firstSeed))).toEqual([axes.examples.length])
    }
    expect(lengths(attentionMap.constraints.flatMap(c => [c.p10, c.median, c.p90, c.leads, c.firstSeed]))).toEqual([attentionMap.examples.length])
    const { truth, learned } = attentionMap.pictures
    expect(lengths([truth, ...learned.flatMap(({ maps }) => maps.map(({ map }) => map))])).toEqual([attentionMap.settings.tokens ** 2])
    expect(lengths(objectiveLab.curves.flatMap(curve => Object.values(curve).filter(value => typeof value !== 'string')))).toEqual([objectiveLab.steps.length])
    const { beta, kl, right, proxy, flattery } = objectiveLab.caveat
    expect(lengths([kl, ...Object.values(right), proxy, flattery])).toEqual([beta.length])
    for (const { task, width, steps, rungs } of rungsRecord.parts) {
      expect(lengths(rungs.map(({ curves }) => curves)), `${task} at ${width}`).toEqual([rungsRecord.seeds])
      expect(lengths(rungs.flatMap(({ curves }) => curves)), `${task} at ${width}`).toEqual([steps.length])
    }
  })

  it('hold errors that are not negative, shares from 0 to 1, axes that rise, and nothing but numbers where numbers belong', () => {
    const errors = [
      ...presets.flatMap(preset => structureRace.presets[preset].learners.flatMap(l => [l.examples, l.flop].flatMap(({ p10, median, p90 }) => [p10, median, p90]).concat([l.firstSeed]))),
      ...attentionMap.constraints.flatMap(c => [c.p10, c.median, c.p90, c.firstSeed]),
      objectiveLab.caveat.kl,
    ].flat()
    expect(errors.filter(error => error !== null && !(error >= 0))).toEqual([])
    const shares = [
      ...objectiveLab.rows.flatMap(row => [row.right, row.reference, row.otherRight, row.heldOutRight]),
      ...objectiveLab.curves.flatMap(curve => [curve.right, curve.reference, curve.otherRight, curve.heldOutRight, curve.firstSeed].flat()),
      ...Object.values(objectiveLab.caveat.right).flat(), ...objectiveLab.caveat.flattery,
      ...rungsRecord.parts.flatMap(({ rungs }) => rungs.flatMap(({ curves }) => curves.flat())),
    ]
    expect(shares.filter(share => !(share >= 0 && share <= 1))).toEqual([])
    expect([...objectiveLab.rows, ...objectiveLab.curves].flatMap(({ effectiveRight }) => effectiveRight).filter(answers => !(answers >= 1))).toEqual([])
    const axes = [...presets.flatMap(preset => Object.values(structureRace.presets[preset].axes)), attentionMap.examples, objectiveLab.steps, ...rungsRecord.parts.map(({ steps }) => steps)]
    expect(axes.filter(axis => axis.some((value, i) => i > 0 && !(value > axis[i - 1]!)))).toEqual([])
  })

  it('give every seed to exactly one leader at every budget', () => {
    for (const preset of presets) {
      const { axes, learners, relay, seeds } = structureRace.presets[preset]
      for (const on of ['examples', 'flop'] as const) {
        axes[on].forEach((_, i) => {
          expect(learners.reduce((sum, l) => sum + l[on].leads[i]!, 0)).toBe(seeds)
          expect(relay[on].leads.reduce((sum, row) => sum + row[i]!, 0)).toBe(seeds)
        })
      }
    }
    attentionMap.examples.forEach((_, i) => expect(attentionMap.constraints.reduce((sum, c) => sum + c.leads[i]!, 0)).toBe(attentionMap.seeds))
  })

  it('have percentiles in order', () => {
    const bands = [
      ...presets.flatMap(preset => structureRace.presets[preset].learners.flatMap(l => [l.examples, l.flop])),
      ...attentionMap.constraints,
      objectiveLab.caveat.right,
    ]
    for (const { p10, median, p90 } of bands) {
      median.forEach((middle, i) => {
        if (middle === null) return
        expect(p10[i]).toBeLessThanOrEqual(middle)
        expect(p90[i]).toBeGreaterThanOrEqual(middle)
      })
    }
  })

  it('hold the true map as it is', () => {
    trueMap(MAP_SETTINGS).forEach((value, k) => expect(attentionMap.pictures.truth[k]).toBeCloseTo(value, 3))
  })
})
