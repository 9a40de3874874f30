/** Every source the talk leans on, once. Slides, figures and notes name sources by the keys of this table. */
import type { Source } from './sources/source.ts'
import { argument } from './sources/argument.ts'
import { counter } from './sources/counter.ts'
import { models } from './sources/models.ts'
import { objectives } from './sources/objectives.ts'
import { removals } from './sources/removals.ts'

export type { Source, Verification } from './sources/source.ts'

const table = {
  ...models,
  ...counter,
  ...objectives,
  ...argument,
  ...removals,
  ouyang2022: {
    short: 'Ouyang et al. 2022 (InstructGPT)',
    title: 'Training language models to follow instructions with human feedback',
    authors: 'Ouyang et al.',
    year: 2022,
    venue: 'NeurIPS 2022',
    arxiv: '2203.02155',
    verification: 'verified',
  },
  guo2025: {
    short: 'Guo et al. 2025 (DeepSeek-R1)',
    title: 'DeepSeek-R1 incentivizes reasoning in LLMs through reinforcement learning',
    authors: 'Guo et al.',
    year: 2025,
    venue: 'Nature 645, page 633',
    arxiv: '2501.12948',
    verification: 'second-hand',
    note: 'The title is that of Nature. AIME pass@1 after training, second-hand: 71.0 % in preprint version 1; 77.9 % in version 2 and in Nature.',
  },
  yue2025: {
    short: 'Yue et al. 2025',
    title: 'Does Reinforcement Learning Really Incentivize Reasoning Capacity in LLMs Beyond the Base Model?',
    authors: 'Yue et al.',
    year: 2025,
    venue: 'NeurIPS 2025',
    arxiv: '2504.13837',
    verification: 'verified',
    note: 'Abstract of version 5: “the current training setup does not elicit fundamentally new reasoning patterns”.',
  },
  maxrl2026: {
    short: 'MaxRL 2026, second-hand',
    title: 'MaxRL: the likelihood of any right answer in place of its expected reward',
    authors: 'preprint',
    year: 2026,
    arxiv: '2602.02710',
    verification: 'second-hand',
    note: 'Optimises log p, with p the probability that any right answer is drawn; the formula was seen in a survey. The title here describes it; it is not the printed one.',
  },
  friedman1991: {
    short: 'Friedman 1991',
    title: 'Multivariate Adaptive Regression Splines',
    authors: 'Jerome H. Friedman',
    year: 1991,
    venue: 'Annals of Statistics 19(1)',
    verification: 'verified',
  },
  radford2019: {
    short: 'Radford et al. 2019 (GPT-2)',
    title: 'Language Models are Unsupervised Multitask Learners',
    authors: 'Radford et al.',
    year: 2019,
    venue: 'OpenAI technical report',
    verification: 'verified',
  },
  brown2020: {
    short: 'Brown et al. 2020 (GPT-3)',
    title: 'Language Models are Few-Shot Learners',
    authors: 'Brown et al.',
    year: 2020,
    venue: 'NeurIPS 2020',
    arxiv: '2005.14165',
    verification: 'verified',
  },
  touvron2023: {
    short: 'Touvron et al. 2023 (Llama 2)',
    title: 'Llama 2: Open Foundation and Fine-Tuned Chat Models',
    authors: 'Touvron et al.',
    year: 2023,
    arxiv: '2307.09288',
    verification: 'verified',
  },
  deck: {
    short: 'this deck',
    title: 'Computed by this deck',
    authors: 'this deck',
    year: 2026,
    verification: 'verified',
    note: 'Exact formulas and seeded experiments in lab/; recorded runs name the command that makes them.',
  },
} satisfies Record<string, Source>

export type SourceId = keyof typeof table

export const sources: Readonly<Record<SourceId, Source>> = table

/** Whether a string names a source of this table. */
export function isSourceId(id: string): id is SourceId {
  return Object.hasOwn(table, id)
}

/**
 * The source of that name.
 * @throws RangeError naming the id when the table has no such source.
 */
export function sourceOf(id: string): Source {
  if (!isSourceId(id))
    throw new RangeError(`Unknown source “${id}”: data/sources.ts has no such key.`)
  return sources[id]
}
