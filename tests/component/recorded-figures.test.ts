/** The figures drawn from recorded runs and small tables: right at every click, still, in print, with less motion. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Component } from 'vue'
import { describe, expect, it } from 'vitest'
import AttentionMap from '../../components/AttentionMap.vue'
import GenreList from '../../components/GenreList.vue'
import LayerPatterns from '../../components/LayerPatterns.vue'
import MethodsList from '../../components/MethodsList.vue'
import Num from '../../components/Num.vue'
import ObjectiveLab from '../../components/ObjectiveLab.vue'
import OneReference from '../../components/OneReference.vue'
import SourceList from '../../components/SourceList.vue'
import StructureRace from '../../components/StructureRace.vue'
import { structureRace } from '../../data/recorded.ts'
import { sources } from '../../data/sources.ts'
import { brokenValues, mountFigure } from '../support/slidev.ts'

const figures: [name: string, component: Component, props: Record<string, unknown>, clicks: number][] = [
  ['the mostly linear race', StructureRace, { preset: 'mostly-linear' }, 1],
  ['Friedman’s race', StructureRace, { preset: 'friedman1' }, 2],
  ['the dotted line', StructureRace, { preset: 'friedman1', view: 'where' }, 2],
  ['the objectives', ObjectiveLab, {}, 3],
  ['the map', AttentionMap, {}, 2],
  ['the one reference', OneReference, {}, 0],
  ['the layer patterns', LayerPatterns, {}, 0],
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
    expect(still.findAll('svg, table').map(part => part.html())).toEqual(live.findAll('svg, table').map(part => part.html()))
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
    const figure = mountFigure(StructureRace, { props: { preset: 'friedman1', view: 'where' } })
    const best: string[] = []
    for (const click of [0, 1, 2]) {
      await figure.setClicks(click)
      best.push(figure.find('.big-number').text())
    }
    expect(best).toEqual(['linear', 'quadratic', 'MLP 128 hidden units'])
    await figure.find('input').setValue('4.8')
    expect(figure.find('.big-number').text()).toBe('linear')
  })

  it('never places its dot off the curve: the slider runs over recorded budgets only', async () => {
    const figure = mountFigure(StructureRace, { props: { preset: 'friedman1', view: 'where' } })
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
  it('name every source once, and say which were seen second-hand', () => {
    const list = mountFigure(SourceList)
    expect(list.findAll('li')).toHaveLength(Object.keys(sources).length - 1)
    const secondHand = Object.values(sources).filter(({ verification }) => verification !== 'verified')
    expect(list.findAll('.caveat')).toHaveLength(secondHand.length)
  })

  it('give the command that repeats each recorded run', () => {
    const commands = mountFigure(MethodsList).findAll('code').map(code => code.text())
    const records = readdirSync(join(import.meta.dirname, '..', '..', 'data', 'recorded')).map(file => `npm run record -- ${file.replace('.json', '')}`)
    expect(commands.toSorted()).toEqual([...records, 'npm run methods'].toSorted())
  })

  it('name the six papers of the post, each with its source', () => {
    const genre = mountFigure(GenreList)
    expect(genre.findAll('[data-source]').map(paper => paper.attributes('data-source'))).toEqual(['razzhigaev2024', 'kazemnejad2023', 'wang2022bigs', 'gu2023', 'peng2023', 'zuhri2024'])
  })
})

describe('a number in the text', () => {
  it('carries its source', () => {
    const number = mountFigure(Num, { props: { of: 'instructgpt.large' } })
    expect(number.text()).toBe('175B')
    expect(number.attributes('data-source')).toBe('ouyang2022')
  })
})
