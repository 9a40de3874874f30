/** The removal in four steps: its states, the models whose shape it can have, and what it says in words. */
import type { DataTable, Fields } from '#live-figures'
import { choice } from '#live-figures'
import type { BlockShape, RemovalCosts, RemovalStep } from '../../lab/architecture-costs.ts'
import { base2017, maskExample, publishedModels } from '../../data/architectures.ts'
import { attentionMask, blockShapeOf, removalCosts } from '../../lab/architecture-costs.ts'
import { factor, grouped, shortCount } from '../../lab/format.ts'

export interface MorphState {
  step: RemovalStep
  /** Name of the model whose shape is counted. */
  preset: string
}

/** A shape, and the number of stacks it was published with. */
interface CountedModel {
  name: string
  block: BlockShape
  stacks: 1 | 2
}

/** The four structures that the encoder–decoder builds in, numbered in the order in which Chung takes them out. */
export const builtInStructures: readonly { number: number, key: keyof RemovalCosts['structure'], name: string }[] = [
  { number: 1, key: 'separateCrossAttention', name: 'separate cross-attention' },
  { number: 2, key: 'separateParameters', name: 'separate parameters' },
  { number: 3, key: 'lastLayerOnly', name: 'last layer only' },
  { number: 4, key: 'inputBothWays', name: 'input looks both ways' },
]

export const STEPS: readonly RemovalStep[] = [0, 1, 2, 3, 4]

const models: readonly CountedModel[] = [{ name: base2017.name, block: base2017, stacks: 2 }, ...publishedModels.flatMap(({ name, shape }) => {
  const block = blockShapeOf(shape)
  return block ? [{ name, block, stacks: shape.family === 't5' ? 2 as const : 1 as const }] : []
})]

export const names = models.map(({ name }) => name)
export const morphFields: Fields<MorphState> = { step: choice(STEPS), preset: choice(names) }

export const modelCounted = ({ preset }: MorphState): CountedModel => models.find(({ name }) => name === preset)!

export const captions: Readonly<Record<RemovalStep, string>> = {
  0: 'Start: two stacks, and an attention of its own through which the target reads the input.',
  1: 'One attention for both roles: self-attention and cross-attention share their projections.',
  2: 'One set of weights: encoder and decoder become the same stack, run over input and target.',
  3: 'Layer by layer: the target reads the input in the layer it is in, no longer the last one only.',
  4: 'One direction: the input, too, looks only back. What is left is the decoder-only Transformer.',
}

/** How the shape differs from the generic form, and that two stacks are made up where the model has one. */
export function shapeNote({ block: { dModel: d, attentionWidth = d, kvWidth = attentionWidth, dFf = 4 * d }, stacks }: CountedModel): string {
  return [
    attentionWidth === d ? '' : `a = ${grouped(attentionWidth)}`,
    kvWidth === attentionWidth ? '' : `kv = ${grouped(kvWidth)}`,
    dFf === 4 * d ? '' : `f = ${grouped(dFf)}`,
    stacks === 2 ? '' : 'had it two stacks',
  ].filter(Boolean).join(', ')
}

export function summaryOf(state: MorphState): string {
  const { name, block } = modelCounted(state)
  const { weightFlops, parameters, ratio, structure } = removalCosts(state.step, block)
  const { inputs, targets } = maskExample
  const left = builtInStructures.filter(({ key }) => structure[key]).map(({ name }) => name)
  const looks = attentionMask(state.step, inputs, targets).filter(cell => cell.allowed).length
  return `${state.step} of 4 structures taken out. ${captions[state.step]} Still built in: ${left.length > 0 ? left.join(', ') : 'none of the four'}. `
    + `At the shape of ${name}, width ${grouped(block.dModel)} with ${block.layers} layers a stack: ${grouped(parameters)} parameters, ${factor(ratio)} the decoder-only model; `
    + `weights cost ${grouped(weightFlops.input)} FLOPs an input token and ${grouped(weightFlops.target)} a target token. `
    + `The mask of ${inputs} input and ${targets} target tokens allows ${looks} looks.`
}

export function tablesOf(state: MorphState): DataTable[] {
  const { name, block } = modelCounted(state)
  const { weightFlops, parameters, parametersInSquares, ratio, structure } = removalCosts(state.step, block)
  const { inputs, targets } = maskExample
  const mask = attentionMask(state.step, inputs, targets)
  const tokens = Array.from({ length: inputs + targets }, (_, index) => index < inputs ? `input ${index + 1}` : `target ${index - inputs + 1}`)
  return [
    {
      caption: `Costs at the shape of ${name}, width ${grouped(block.dModel)}, ${block.layers} layers a stack; without norms, biases and embeddings`,
      columns: ['count', 'value'],
      rows: [
        ['parameters', `${grouped(parameters)}, or ${shortCount(parameters)}`],
        ['parameters, in L·d²', String(parametersInSquares)],
        ['parameters against decoder-only', factor(ratio)],
        ['FLOPs an input token, weights only', grouped(weightFlops.input)],
        ['FLOPs a target token, weights only', grouped(weightFlops.target)],
      ],
    },
    { caption: 'The four structures', columns: ['structure', 'state'], rows: builtInStructures.map(({ key, name }) => [name, structure[key] ? 'built in' : 'taken out']) },
    {
      caption: 'The attention mask: what a row looks at in each column',
      columns: ['row', ...tokens],
      rows: tokens.map((token, row) => [token, ...mask.filter(cell => cell.row === row).map(cell => cell.reads === null ? 'no' : cell.reads === 'last layer' ? 'last layer' : cell.ahead ? 'ahead' : 'yes')]),
    },
  ]
}
