/** What the figure of the cache says in words. */
import type { DataTable } from '#live-figures'
import type { CacheState } from './memory.ts'
import { attentionModels, cacheContexts } from '../../data/architectures.ts'
import { byteSize, grouped } from '../../lab/format.ts'
import { cachesAt, fixedStates, powersOf, sharedFactor } from './memory.ts'

const trainedWay = (state: CacheState) => cachesAt(state).find(({ trained }) => trained)?.name

export function captionOf(state: CacheState): string {
  return `Memory of one sequence while decoding, at the shape of ${state.model}; only its ${trainedWay(state)} was trained.`
    + `${attentionModels.find(({ name }) => name === state.model)!.stacks === 2 ? ' Each input token keeps as much again.' : ''}`
}

export function summaryOf(state: CacheState): string {
  const caches = cachesAt(state)
  return `At a context of ${grouped(state.contextTokens)} tokens the cache holds ${caches.map(({ name, bytesPerToken }) => `${byteSize(bytesPerToken * state.contextTokens)} under ${name}`).join(', ')}. `
    + `A state of fixed size holds ${fixedStates(state).map(({ name, bytes }) => `${byteSize(bytes)} in ${name}`).join(' and ')} at any context. Size says nothing about quality. MQA in 4 KV layers is illustrative, ${grouped(sharedFactor(caches))} times below MQA where the paper on MLKV claims 6; an MLA-like cache leaves out the rotary key. `
    + `The shape is that of ${state.model}, where only ${trainedWay(state)} was trained.`
}

export function tablesOf(state: CacheState): DataTable[] {
  const caches = cachesAt(state)
  const tokens = state.contextTokens
  return [
    {
      caption: `A cache at the shape of ${state.model}, and at a context of ${grouped(tokens)} tokens`,
      columns: ['way', 'memory per token', `memory at ${grouped(tokens)} tokens`, 'trained at this shape'],
      rows: caches.map(({ name, detail, bytesPerToken, trained }) => [`${name}${detail}`, byteSize(bytesPerToken), byteSize(bytesPerToken * tokens), trained ? 'yes' : 'no']),
    },
    {
      caption: 'A state of fixed size, at any context',
      columns: ['model', 'memory'],
      rows: fixedStates(state).map(({ name, bytes }) => [name, byteSize(bytes)]),
    },
    {
      caption: 'The lines: memory against the context',
      columns: ['context, tokens', ...caches.map(({ name }) => name)],
      rows: powersOf(4, cacheContexts.least, cacheContexts.most).map(context => [grouped(context), ...caches.map(({ bytesPerToken }) => byteSize(bytesPerToken * context))]),
    },
  ]
}
