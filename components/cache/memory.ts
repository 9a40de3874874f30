/** What the figure of the cache draws, computed from published shapes (lab/architecture-costs.ts); nothing is measured. */
import type { Fields } from '#live-figures'
import { choice, flag, whole } from '#live-figures'
import { cacheContexts, cacheModels, cacheVariants, lowRankHeads, modelOf, stateModels, stateShapeOf } from '../../data/architectures.ts'
import { kvBytesPerToken, kvShapeOf, lowRankBytesPerToken, stateBytesOf } from '../../lab/architecture-costs.ts'

/** One way to keep keys and values; `trained` says whether the model was trained so. */
export type Cache = ReturnType<typeof cachesAt>[number]

export const pairs = stateModels.map(models => ({ models, name: models.join(' and ') }))

/** The model whose shape the caches have, the pair of models with a state of fixed size, and whether the low-rank cache is drawn too. */
export const cacheSteps = cacheContexts.shown.map((contextTokens: number) => ({ contextTokens, model: cacheModels[0]!, states: pairs[0]!.name, lowRank: false }))
export type CacheState = typeof cacheSteps[number]

export const cacheFields: Fields<CacheState> = {
  contextTokens: whole(cacheContexts.least, cacheContexts.most),
  model: choice(cacheModels),
  states: choice(pairs.map(({ name }) => name)),
  lowRank: flag,
}

/** Sixteen-bit elements, as models are served; the state of RWKV-4 is kept in 32 bits. */
export const elementBytes = { cache: 2, rwkv4: 4 } as const

/** The ways to share keys and values at the shape of a model, the first one without sharing. */
export function cachesAt({ model, lowRank }: CacheState) {
  const kv = kvShapeOf(modelOf(model).shape, elementBytes.cache)
  const heads = headsOf(model)
  const ways = cacheVariants.map(({ id, name, kvHeads, kvLayers }) => {
    // The table stands at the shape of the first model: all heads, all layers there mean all of this one.
    const shape = { ...kv, kvHeads: id === 'mha' ? heads : kvHeads, kvLayers: id === 'shared' ? kvLayers : kv.kvLayers }
    return { id: id as string, name, detail: '', trained: shape.kvHeads === kv.kvHeads && shape.kvLayers === kv.kvLayers, bytesPerToken: kvBytesPerToken(shape) }
  })
  const rank = lowRankHeads * kv.headWidth
  return lowRank
    ? [...ways, { id: 'low-rank', name: 'MLA-like', detail: `, rank ${rank}`, trained: false, bytesPerToken: lowRankBytesPerToken({ layers: kv.kvLayers, rank, bytesPerElement: elementBytes.cache }) }]
    : ways
}

/** The two models with a state of fixed size. */
export function fixedStates({ states }: CacheState) {
  return pairs.find(({ name }) => name === states)!.models.map((name) => {
    const shape = stateShapeOf(name)
    return { id: shape.family, name, bytes: stateBytesOf(shape, shape.family === 'rwkv4' ? elementBytes.rwkv4 : elementBytes.cache) }
  })
}

/** How far the row with four KV layers stands under MQA at this shape: the paper on sharing across layers claims less. */
export function sharedFactor(caches: readonly Cache[]): number {
  const of = (id: string) => caches.find(cache => cache.id === id)?.bytesPerToken ?? Number.NaN
  return of('mqa') / of('shared')
}

/** The ticks of the memory axis are so many times apart. */
export const TICKS_APART = 32

/** How far the memory axis reaches, in bytes: as far as what it shows, in whole ticks, and never less than from 1 MiB to 1 TiB. */
export function memoryExtent(caches: readonly Cache[], states: readonly { bytes: number }[]): [least: number, most: number] {
  let [least, most] = [1024 ** 2, 1024 ** 4]
  while (Math.min(...states.map(({ bytes }) => bytes), ...caches.map(({ bytesPerToken }) => bytesPerToken * cacheContexts.least)) < least)
    least /= TICKS_APART
  while (Math.max(...caches.map(({ bytesPerToken }) => bytesPerToken * cacheContexts.most)) > most)
    most *= TICKS_APART
  return [least, most]
}

/** The powers of a base between two of them, times the first. */
export function powersOf(base: number, from: number, to: number): number[] {
  const values = []
  for (let value = from; value <= to; value *= base)
    values.push(value)
  return values
}

function headsOf(name: string): number {
  const { shape } = modelOf(name)
  if (!('heads' in shape))
    throw new RangeError(`${name} has no heads.`)
  return shape.heads
}
