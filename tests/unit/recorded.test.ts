/** The recorded results: they load, they are complete, and a damaged file is refused with the place, value and limit. */
import { describe, expect, it } from 'vitest'
import { attentionMap, objectiveLab, readAttentionMap, readObjectiveLab, readStructureRace, structureRace } from '../../data/recorded.ts'
import { MAP_CONSTRAINTS, MAP_EXAMPLES, MAP_PENALTIES, MAP_SETTINGS, trueMap } from '../../lab/attention-map.ts'
import { CAVEAT_SETTINGS, OBJECTIVE_SETTINGS } from '../../lab/objective-lab.ts'
import { BATCH, createRace, FIRST_ORDERED_EXAMPLES, RACE_RELAYS, raceAxes, TEST_POINTS, type RacePreset } from '../../lab/structure-race.ts'

const presets: readonly RacePreset[] = ['mostly-linear', 'friedman1']

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

  it('cover 30, 40, 30, 20 and 40 seeds', () => {
    expect(presets.map(preset => structureRace.presets[preset].seeds)).toEqual([30, 40])
    expect([attentionMap.seeds, objectiveLab.seeds, objectiveLab.caveat.seeds]).toEqual([30, 20, 40])
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
    attentionMap.examples.forEach((_, i) => expect(attentionMap.constraints.reduce((sum, c) => sum + c.leads[i]!, 0)).toBe(30))
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

describe('a damaged record', () => {
  it('is refused with the file, the place, the value and the limit', () => {
    const race = structuredClone(structureRace)
    race.presets.friedman1.learners[0]!.examples.median[3] = -0.1
    expect(() => readStructureRace(race)).toThrow(/structure-race\.json, presets\.friedman1\.learners\.0\.examples\.median\.3: .*>=0.*-0\.1/)

    const short = structuredClone(structureRace)
    short.presets['mostly-linear'].learners[0]!.flop.p90.pop()
    expect(() => readStructureRace(short)).toThrow(/mostly-linear, linear, flop: .* 23; got 22/)

    const unordered = structuredClone(structureRace)
    unordered.presets.friedman1.axes.flop[1] = 1
    expect(() => readStructureRace(unordered)).toThrow(/above the one before it; got 31250, 1,/)

    const map = structuredClone(attentionMap)
    map.pictures.truth.pop()
    expect(() => readAttentionMap(map)).toThrow(/attention-map\.json, pictures\.truth: .*400.*399/)

    const lab = structuredClone(objectiveLab)
    lab.rows[0]!.right = 1.2
    expect(() => readObjectiveLab(lab)).toThrow(/objective-lab\.json, rows\.0\.right: .*<=1.*1\.2/)
    expect(() => readObjectiveLab(null)).toThrow(/objective-lab\.json, whole file/)
  })
})
