/** The figures drawn from recorded runs and small tables: right at every click, still, in print, with less motion. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Component } from 'vue'
import { describe, expect, it } from 'vitest'
import AttentionMap from '../../components/AttentionMap.vue'
import GenreList from '../../components/GenreList.vue'
import MethodsList from '../../components/MethodsList.vue'
import Num from '../../components/Num.vue'
import ObjectiveLab from '../../components/ObjectiveLab.vue'
import OneReference from '../../components/OneReference.vue'
import SourceList from '../../components/SourceList.vue'
import StructureRace from '../../components/StructureRace.vue'
import TransformerLadder from '../../components/TransformerLadder.vue'
import VariedWork from '../../components/VariedWork.vue'
import { structureRace } from '../../data/recorded.ts'
import { sources } from '../../data/sources.ts'
import { brokenValues, mountFigure } from '#live-figures/testing'

const figures: [name: string, component: Component, props: Record<string, unknown>, clicks: number][] = [
  ['the mostly linear race', StructureRace, { preset: 'mostly-linear' }, 1],
  ['Friedman’s race', StructureRace, { preset: 'friedman1' }, 3],
  ['the objectives', ObjectiveLab, {}, 3],
  ['the five Transformers', TransformerLadder, {}, 2],
  ['the varied work', VariedWork, {}, 1],
  ['the map', AttentionMap, {}, 2],
  ['the one reference', OneReference, {}, 0],
]

describe.each(figures)('%s', (_name, component, props, clicks) => {
  it('has a caption, a summary in words, sources and no broken value at any click', async () => {
    const figure = mountFigure(component, { props })
    for (let click = 0; click <= clicks; click++) {
      await figure.setClicks(click)
      expect(figure.find('figcaption').text().length).toBeGreaterThan(20)
      expect(figure.find('[data-summary]').text()).toMatch(/[.:]$/)
      expect(figure.find('[data-source]').attributes('data-source')).not.toBe('')
      expect(brokenValues(figure)).toEqual([])
    }
  })

  it('is the same picture live and still, and takes no focus in a preview', () => {
    const live = mountFigure(component, { props, clicks })
    const still = mountFigure(component, { props, clicks, renderContext: 'previewNext' })
    // A still moves nothing.
    const drawn = (figure: typeof live) => figure.findAll('svg, table').map(part => part.html().replaceAll(' animated', ''))
    expect(drawn(still)).toEqual(drawn(live))
    expect(still.find('.figure-body').attributes('inert')).toBeDefined()
    expect(live.find('.figure-body').attributes('inert')).toBeUndefined()
  })

  it('has no controls in print, and shows its last state', () => {
    const printed = mountFigure(component, { props, clicks: 999_999, print: true })
    expect(printed.find('input, button').exists()).toBe(false)
    expect(brokenValues(printed)).toEqual([])
  })

  it('moves nothing where less motion is wanted', () => {
    expect(mountFigure(component, { props, reducedMotion: true }).find('.animated').exists()).toBe(false)
  })
})

describe('the map', () => {
  it('sets at its last click what was published on symmetry, both ways, and the entry of the loan book beside the toy', async () => {
    const figure = mountFigure(AttentionMap)
    const published = () => figure.findAll('.symmetry [data-source]').map(finding => finding.attributes('data-source'))
    expect([published(), figure.findAll('.heat-map').length]).toEqual([[], 5])
    await figure.setClicks(2)
    expect([published(), figure.findAll('.heat-map').length]).toEqual([['brehmer2024', 'ngo2025', 'alphafold3'], 4])
    expect(figure.get('.symmetry .entry').text()).toContain('never due')
    expect(figure.get('[data-summary]').text()).toMatch(/Brehmer et al\. 2024, rigid bodies: .*at each compute budget tested.*the gap grows with scale.*the other way.*never due/)
    await figure.setClicks(1)
    expect(published()).toEqual([])
  })
})

describe('the race', () => {
  it('shows up to two thousand examples first, then the whole, with the place where the lead changes', async () => {
    const figure = mountFigure(StructureRace, { props: { preset: 'mostly-linear' } })
    expect(figure.findAll('path.line')).toHaveLength(2)
    expect(figure.find('.spread').exists()).toBe(false)
    await figure.setClicks(1)
    expect(figure.findAll('path.line')).toHaveLength(3)
    const crossing = structureRace.presets['mostly-linear'].crossings.find(({ from, to }) => from === 'linear' && to === 'MLP-32')
    expect(figure.find('.big-number').text()).toBe(crossing?.examples.p50?.toLocaleString('en'))
    expect(figure.find('.spread').exists()).toBe(true)
  })

  it('names the best learner where the line stands: linear, quadratic, then the network', async () => {
    const figure = mountFigure(StructureRace, { props: { preset: 'friedman1' }, clicks: 3 })
    const best = () => figure.find('.big-number').text()
    expect(best()).toBe('quadratic')
    await figure.find('input').setValue('4.8')
    expect(best()).toBe('linear')
    await figure.find('input').setValue('7.6')
    expect(best()).toBe('MLP 128 hidden units')
  })

  it('draws the network of 32 units as a thin line where the best of three is named, and nowhere else', async () => {
    const figure = mountFigure(StructureRace, { props: { preset: 'friedman1' } })
    const lines = () => [figure.findAll('path.median').length, figure.findAll('path.median.thin').length]
    const seen: number[][] = []
    for (const click of [0, 1, 2, 3]) {
      await figure.setClicks(click)
      seen.push(lines())
    }
    expect(seen).toEqual([[1, 0], [2, 0], [3, 0], [4, 1]])
    await figure.find('input').setValue('7.6')
    const last = (name: string) => structureRace.presets.friedman1.learners.find(learner => learner.name === name)!.flop.median.at(-1)!
    expect(last('MLP-32'), 'it is better there than the one that is named').toBeLessThan(last('MLP-128'))
    expect(figure.find('.big-number').text()).toBe('MLP 128 hidden units')
  })

  it('says for how long the quadratic model leads, from the recorded crossings', () => {
    const figure = mountFigure(StructureRace, { props: { preset: 'friedman1' }, clicks: 2 })
    const [from, to] = [['linear', 'quadratic'], ['quadratic', 'MLP-128']].map(pair => structureRace.presets.friedman1.crossings.find(each => each.from === pair[0] && each.to === pair[1])!.flop.p50!)
    expect(figure.text()).toContain(`from 0.15 MFLOP on: × ${(to! / from!).toFixed(0)}`)
    expect(to! / from!).toBeGreaterThan(100)
  })

  it('prints both pictures side by side, with a line for each learner that is best somewhere', () => {
    const figure = mountFigure(StructureRace, { props: { preset: 'friedman1' }, clicks: 3, print: true })
    expect(figure.findAll('svg.chart').map(chart => [chart.findAll('.spread').length, chart.findAll('.here').length])).toEqual([[1, 0], [0, 3]])
    expect(figure.findAll('.printed p')[1]!.text()).toMatch(/linear\. .*quadratic\. .*MLP-128\./)
  })

  it('never places its dot off the curve: the slider runs over recorded budgets only', async () => {
    const figure = mountFigure(StructureRace, { props: { preset: 'friedman1' }, clicks: 3 })
    const { min, max } = figure.find('input').attributes()
    for (const at of [min, max]) {
      await figure.find('input').setValue(at)
      expect(Number(figure.find('.here circle').attributes('cy'))).toBeGreaterThan(0)
      expect(brokenValues(figure)).toEqual([])
    }
  })
})

describe('the objectives', () => {
  it('show one reference, all of them, then the two that count any right answer, and last what it costs', async () => {
    const figure = mountFigure(ObjectiveLab)
    const credits = () => figure.findAll('.credit').map(credit => `${credit.text()}: ${credit.classes().at(-1)}`)
    const numbers = () => figure.findAll('.big-number').map(number => number.text())
    expect(figure.findAll('svg.chart')).toHaveLength(1)
    expect(figure.text()).toContain('36 % → 38 %')
    expect(credits()).toEqual(['copy the answers given: structure'])
    await figure.setClicks(1)
    expect(numbers()).toEqual(['77 %', '78 %'])
    await figure.setClicks(2)
    expect(numbers()).toEqual(['77 %', '78 %', '97 %', '97 %'])
    expect(credits()).toEqual(['copy the answers given: structure', 'any right answer counts: general'])
    expect(figure.text()).toContain('The reward is exactly what is scored here')
    expect(figure.text()).not.toContain('variety')
    await figure.setClicks(3)
    expect(numbers()).toEqual(['77 %', '2.5', '78 %', '4.6', '97 %', '1.5', '97 %', '1.5'])
    expect(figure.text()).toContain('1.5 and 1.5 right answers in use, of 4.9 at the start. Copying one keeps 2.5, copying all 4.6.')
  })
})

describe('lists', () => {
  it('name every source once on two pages, and say which were seen second-hand', () => {
    const pages = [1, 2].map(page => mountFigure(SourceList, { props: { page } }))
    const named = pages.flatMap(list => list.findAll('li').map(entry => entry.attributes('data-source')))
    expect(named.toSorted()).toEqual(Object.keys(sources).filter(id => id !== 'deck').toSorted())
    const secondHand = Object.values(sources).filter(({ verification }) => verification !== 'verified')
    expect(pages.flatMap(list => list.findAll('.caveat'))).toHaveLength(secondHand.length)
    expect(Math.abs(pages[0]!.findAll('li').length - pages[1]!.findAll('li').length)).toBeLessThanOrEqual(1)
  })

  it('give the command that repeats each recorded run', () => {
    const commands = mountFigure(MethodsList).findAll('code').map(code => code.text())
    const records = readdirSync(join(import.meta.dirname, '..', '..', 'data', 'recorded')).map(file => `npm run record -- ${file.replace('.json', '')}`)
    expect(commands.toSorted()).toEqual([...records, 'npm run methods'].toSorted())
  })

  it('name the six papers of the post, each with its source', () => {
    const genre = mountFigure(GenreList)
    expect(genre.findAll('dd [data-source]').map(paper => paper.attributes('data-source'))).toEqual(['razzhigaev2024', 'kazemnejad2023', 'wang2022bigs', 'gu2023', 'peng2023', 'zuhri2024'])
  })
})

describe('a number in the text', () => {
  it('carries its source', () => {
    const number = mountFigure(Num, { props: { of: 'r1zero.after' } })
    expect(number.text()).toBe('77.9 %')
    expect(number.attributes('data-source')).toBe('guo2025')
  })
})
