/** Every source the talk leans on, once. Slides, figures and notes name sources by the keys of this table. */

/** How well a source was checked: seen in the source itself, seen second-hand, or not verified. */
export type Verification = 'verified' | 'second-hand' | 'unverified'

export interface Source {
  /** Short form for a source line: "Gadre et al. 2024". */
  short: string
  /** Full title. */
  title: string
  authors: string
  year: number
  /** Where it appeared, if anywhere beyond a preprint server. */
  venue?: string
  /** arXiv identifier without prefix. */
  arxiv?: string
  /** Address, for what is not on arXiv. */
  url?: string
  verification: Verification
  /** Where in the source the figures stand, licence of copied data, or what a reader should know. */
  note?: string
}

const table = {
  'post': {
    short: 'def_model_train/1036',
    title: 'Post on the lecture by Jason Wei and Hyung Won Chung, channel “я обучала одну модель”',
    authors: 'def_model_train',
    year: 2024,
    venue: 'Telegram',
    url: 'https://t.me/def_model_train/1036',
    verification: 'verified',
    note: 'Claims P1–P12 are numbered in data/claims.ts.',
  },
  'cs25': {
    short: 'Wei & Chung, Stanford CS25 V4, 11 April 2024',
    title: 'Intuitions on language models; Shaping the future of AI from the history of Transformer',
    authors: 'Jason Wei, Hyung Won Chung',
    year: 2024,
    venue: 'Stanford CS25 V4',
    url: 'https://www.youtube.com/watch?v=3gb-ZkVRemQ',
    verification: 'verified',
    note: 'Joint recording with the questions (1:17:07); Chung’s own edit, orDKvo8h71o, ends before them.',
  },
  'sutton2019': {
    short: 'Sutton 2019',
    title: 'The Bitter Lesson',
    authors: 'Rich Sutton',
    year: 2019,
    url: 'http://www.incompleteideas.net/IncIdeas/BitterLesson.html',
    verification: 'verified',
  },
  'vaswani2017': {
    short: 'Vaswani et al. 2017',
    title: 'Attention Is All You Need',
    authors: 'Vaswani et al.',
    year: 2017,
    venue: 'NeurIPS 2017',
    arxiv: '1706.03762',
    verification: 'verified',
  },
  'kaplan2020': {
    short: 'Kaplan et al. 2020',
    title: 'Scaling Laws for Neural Language Models',
    authors: 'Kaplan et al.',
    year: 2020,
    arxiv: '2001.08361',
    verification: 'verified',
  },
  'hoffmann2022': {
    short: 'Hoffmann et al. 2022',
    title: 'Training Compute-Optimal Large Language Models',
    authors: 'Hoffmann et al.',
    year: 2022,
    venue: 'NeurIPS 2022',
    arxiv: '2203.15556',
    verification: 'verified',
    note: 'Constants of the parametric fit as printed.',
  },
  'besiroglu2024': {
    short: 'Besiroglu et al. 2024',
    title: 'Chinchilla Scaling: A Replication Attempt',
    authors: 'Besiroglu et al.',
    year: 2024,
    arxiv: '2404.10102',
    verification: 'verified',
  },
  'gadre2024': {
    short: 'Gadre et al. 2024',
    title: 'Language models scale reliably with over-training and on downstream tasks',
    authors: 'Gadre et al.',
    year: 2024,
    arxiv: '2403.08540',
    verification: 'verified',
    note: 'Repository mlfoundations/scaling (MIT), exp_data/models, commit 041eb2f1; the two open_lm_1b files from commit 741b9ef1. The error of their own prediction, 4.3 % when trained on C4, was read off Figure 5.',
  },
  'openai2023': {
    short: 'OpenAI 2023 (GPT-4)',
    title: 'GPT-4 Technical Report',
    authors: 'OpenAI',
    year: 2023,
    arxiv: '2303.08774',
    verification: 'verified',
    note: 'Section 3.1: final loss predicted from runs with at most 1/10,000 of the compute. A figure, no number.',
  },
  'hobbhahn2022': {
    short: 'Hobbhahn & Besiroglu 2022 (Epoch AI)',
    title: 'Trends in GPU price-performance',
    authors: 'Marius Hobbhahn, Tamay Besiroglu',
    year: 2022,
    venue: 'Epoch AI',
    url: 'https://epoch.ai/blog/trends-in-gpu-price-performance',
    verification: 'verified',
    note: '470 GPUs, 2006–2021; intervals as published.',
  },
  'srivastava2022': {
    short: 'BIG-bench split as Wei presents it, second-hand',
    title: 'Beyond the Imitation Game: split of 202 tasks by how performance scales',
    authors: 'Wei, after Srivastava et al.',
    year: 2022,
    arxiv: '2206.04615',
    verification: 'second-hand',
    note: 'The five shares add up to 99.5 per cent as given.',
  },
  'biderman2023': {
    short: 'Biderman et al. 2023 (Pythia)',
    title: 'Pythia: A Suite for Analyzing Large Language Models Across Training and Scaling',
    authors: 'Biderman et al.',
    year: 2023,
    venue: 'ICML 2023',
    arxiv: '2304.01373',
    verification: 'verified',
    note: 'Repository EleutherAI/pythia (Apache-2.0), evals/pythia-v1, zero-shot, final checkpoint.',
  },
  'ruan2024': {
    short: 'Ruan et al. 2024',
    title: 'Observational Scaling Laws and the Predictability of Language Model Performance',
    authors: 'Ruan et al.',
    year: 2024,
    venue: 'NeurIPS 2024',
    arxiv: '2405.10938',
    verification: 'verified',
    note: 'Repository ryoungj/ObsScaling (Apache-2.0), commit 4d6e1e43; compute = 6 × parameters × tokens as its files give them.',
  },
  'schaeffer2023': {
    short: 'Schaeffer et al. 2023',
    title: 'Are Emergent Abilities of Large Language Models a Mirage?',
    authors: 'Schaeffer et al.',
    year: 2023,
    venue: 'NeurIPS 2023',
    arxiv: '2304.15004',
    verification: 'verified',
  },
  'du2024': {
    short: 'Du et al. 2024',
    title: 'Understanding Emergent Abilities of Language Models from the Loss Perspective',
    authors: 'Du et al.',
    year: 2024,
    venue: 'NeurIPS 2024',
    arxiv: '2403.15796',
    verification: 'verified',
    note: 'Abstract seen: with one corpus, tokeniser and architecture, models of equal loss score alike; abilities appear below a threshold of loss, whether the metric is continuous or not.',
  },
  'dosovitskiy2021': {
    short: 'Dosovitskiy et al. 2021 (ViT)',
    title: 'An Image is Worth 16x16 Words: Transformers for Image Recognition at Scale',
    authors: 'Dosovitskiy et al.',
    year: 2021,
    venue: 'ICLR 2021',
    arxiv: '2010.11929',
    verification: 'verified',
    note: 'Version 2, Table 6: pre-training on JFT-300M.',
  },
  'raffel2020': {
    short: 'Raffel et al. 2020 (T5)',
    title: 'Exploring the Limits of Transfer Learning with a Unified Text-to-Text Transformer',
    authors: 'Raffel et al.',
    year: 2020,
    venue: 'JMLR 2020',
    arxiv: '1910.10683',
    verification: 'verified',
    note: 'Table 2: architectural variants at baseline scale.',
  },
  'wang2022': {
    short: 'Wang et al. 2022',
    title: 'What Language Model Architecture and Pretraining Objective Work Best for Zero-Shot Generalization?',
    authors: 'Wang et al.',
    year: 2022,
    venue: 'ICML 2022',
    arxiv: '2204.05832',
    verification: 'verified',
    note: 'Chung is a co-author. The order of the results is verified; the individual numbers were seen second-hand.',
  },
  'zhang2025': {
    short: 'Zhang et al. 2025 (RedLLM)',
    title: 'Encoder-Decoder or Decoder-Only? Revisiting Encoder-Decoder Large Language Model',
    authors: 'Zhang et al.',
    year: 2025,
    arxiv: '2510.26622',
    verification: 'verified',
  },
  'tay2022': {
    short: 'Tay et al. 2022',
    title: 'Scaling Laws vs Model Architectures: How does Inductive Bias Influence Scaling?',
    authors: 'Tay et al.',
    year: 2022,
    arxiv: '2207.10551',
    verification: 'verified',
    note: 'Chung is a co-author.',
  },
  'narang2021': {
    short: 'Narang et al. 2021',
    title: 'Do Transformer Modifications Transfer Across Implementations and Applications?',
    authors: 'Narang et al.',
    year: 2021,
    venue: 'EMNLP 2021',
    arxiv: '2102.11972',
    verification: 'verified',
  },
  'razzhigaev2024': {
    short: 'Razzhigaev et al. 2024',
    title: 'Your Transformer is Secretly Linear',
    authors: 'Razzhigaev et al.',
    year: 2024,
    venue: 'ACL 2024',
    arxiv: '2405.12250',
    verification: 'verified',
  },
  'kazemnejad2023': {
    short: 'Kazemnejad et al. 2023 (NoPE)',
    title: 'The Impact of Positional Encoding on Length Generalization in Transformers',
    authors: 'Kazemnejad et al.',
    year: 2023,
    venue: 'NeurIPS 2023',
    arxiv: '2305.19466',
    verification: 'verified',
  },
  'wang2022bigs': {
    short: 'Wang et al. 2022 (BiGS)',
    title: 'Pretraining Without Attention',
    authors: 'Wang et al.',
    year: 2022,
    venue: 'Findings of EMNLP 2023',
    arxiv: '2212.10544',
    verification: 'verified',
  },
  'gu2023': {
    short: 'Gu & Dao 2023 (Mamba)',
    title: 'Mamba: Linear-Time Sequence Modeling with Selective State Spaces',
    authors: 'Albert Gu, Tri Dao',
    year: 2023,
    arxiv: '2312.00752',
    verification: 'verified',
    note: 'Venue COLM 2024 not verified.',
  },
  'waleffe2024': {
    short: 'Waleffe et al. 2024',
    title: 'An Empirical Study of Mamba-based Language Models',
    authors: 'Waleffe et al.',
    year: 2024,
    arxiv: '2406.07887',
    verification: 'verified',
  },
  'peng2023': {
    short: 'Peng et al. 2023 (RWKV)',
    title: 'RWKV: Reinventing RNNs for the Transformer Era',
    authors: 'Peng et al.',
    year: 2023,
    venue: 'Findings of EMNLP 2023',
    arxiv: '2305.13048',
    verification: 'verified',
  },
  'peng2025': {
    short: 'Peng et al. 2025 (RWKV-7)',
    title: 'RWKV-7 “Goose” with Expressive Dynamic State Evolution',
    authors: 'Peng et al.',
    year: 2025,
    arxiv: '2503.14456',
    verification: 'verified',
  },
  'zuhri2024': {
    short: 'Zuhri et al. 2024 (MLKV)',
    title: 'MLKV: Multi-Layer Key-Value Heads for Memory Efficient Transformer Decoding',
    authors: 'Zuhri et al.',
    year: 2024,
    venue: 'Findings of NAACL 2025',
    arxiv: '2406.09297',
    verification: 'verified',
  },
  'he2023': {
    short: 'He & Hofmann 2023',
    title: 'Simplifying Transformer Blocks',
    authors: 'Bobby He, Thomas Hofmann',
    year: 2023,
    arxiv: '2311.01906',
    verification: 'verified',
  },
  'zhu2025': {
    short: 'Zhu et al. 2025 (DyT)',
    title: 'Transformers without Normalization',
    authors: 'Zhu et al.',
    year: 2025,
    arxiv: '2503.10622',
    verification: 'verified',
  },
  'dyt2026': {
    short: 'Preprint on DyT and data, April 2026',
    title: 'Follow-up preprint on normalisation-free Transformers under varying amounts of data',
    authors: 'preprint',
    year: 2026,
    arxiv: '2604.23434',
    verification: 'verified',
    note: 'One preprint, weak evidence. The title here describes it; it is not the printed one.',
  },
  'gromov2024': {
    short: 'Gromov et al. 2024',
    title: 'The Unreasonable Ineffectiveness of the Deeper Layers',
    authors: 'Gromov et al.',
    year: 2024,
    venue: 'ICLR 2025',
    arxiv: '2403.17887',
    verification: 'verified',
  },
  'shazeer2019': {
    short: 'Shazeer 2019 (MQA)',
    title: 'Fast Transformer Decoding: One Write-Head is All You Need',
    authors: 'Noam Shazeer',
    year: 2019,
    arxiv: '1911.02150',
    verification: 'verified',
  },
  'ainslie2023': {
    short: 'Ainslie et al. 2023 (GQA)',
    title: 'GQA: Training Generalized Multi-Query Transformer Models from Multi-Head Checkpoints',
    authors: 'Ainslie et al.',
    year: 2023,
    venue: 'EMNLP 2023',
    arxiv: '2305.13245',
    verification: 'verified',
  },
  'deepseek2024': {
    short: 'DeepSeek-AI 2024 (DeepSeek-V2)',
    title: 'DeepSeek-V2: A Strong, Economical, and Efficient Mixture-of-Experts Language Model',
    authors: 'DeepSeek-AI',
    year: 2024,
    arxiv: '2405.04434',
    verification: 'verified',
  },
  'brandon2024': {
    short: 'Brandon et al. 2024 (CLA)',
    title: 'Reducing Transformer Key-Value Cache Size with Cross-Layer Attention',
    authors: 'Brandon et al.',
    year: 2024,
    venue: 'NeurIPS 2024',
    arxiv: '2405.12981',
    verification: 'verified',
  },
  'sun2024': {
    short: 'Sun et al. 2024 (YOCO)',
    title: 'You Only Cache Once: Decoder-Decoder Architectures for Language Models',
    authors: 'Sun et al.',
    year: 2024,
    venue: 'NeurIPS 2024',
    arxiv: '2405.05254',
    verification: 'verified',
  },
  'kimi2025': {
    short: 'Kimi Team 2025 (Kimi Linear)',
    title: 'Kimi Linear: An Expressive, Efficient Attention Architecture',
    authors: 'Kimi Team',
    year: 2025,
    arxiv: '2510.26692',
    verification: 'verified',
  },
  'minimax2025': {
    short: 'MiniMax M2, late 2025, second-hand',
    title: 'MiniMax on returning to full attention in M2',
    authors: 'MiniMax',
    year: 2025,
    verification: 'second-hand',
    note: 'Reported by the company in late 2025; seen second-hand.',
  },
  'leethorp2021': {
    short: 'Lee-Thorp et al. 2021 (FNet)',
    title: 'FNet: Mixing Tokens with Fourier Transforms',
    authors: 'Lee-Thorp et al.',
    year: 2021,
    venue: 'NAACL 2022',
    arxiv: '2105.03824',
    verification: 'verified',
  },
  'ma2024': {
    short: 'Ma et al. 2024 (BitNet b1.58)',
    title: 'The Era of 1-bit LLMs: All Large Language Models are in 1.58 Bits',
    authors: 'Ma et al.',
    year: 2024,
    arxiv: '2402.17764',
    verification: 'verified',
    note: 'Title verified; the parity result was seen second-hand.',
  },
  'nope-production': {
    short: 'Command A / R7B, Llama 4, SmolLM3, second-hand',
    title: 'Released models that drop positional encoding in every fourth layer',
    authors: 'Cohere; Meta; Hugging Face',
    year: 2025,
    verification: 'second-hand',
  },
  'ouyang2022': {
    short: 'Ouyang et al. 2022 (InstructGPT)',
    title: 'Training language models to follow instructions with human feedback',
    authors: 'Ouyang et al.',
    year: 2022,
    venue: 'NeurIPS 2022',
    arxiv: '2203.02155',
    verification: 'verified',
  },
  'guo2025': {
    short: 'Guo et al. 2025 (DeepSeek-R1)',
    title: 'DeepSeek-R1: Incentivizing Reasoning Capability in LLMs via Reinforcement Learning',
    authors: 'Guo et al.',
    year: 2025,
    venue: 'Nature 2025',
    arxiv: '2501.12948',
    verification: 'verified',
    note: 'AIME pass@1 after training: 71.0 % in preprint version 1; 77.9 % in version 2 and in Nature.',
  },
  'yue2025': {
    short: 'Yue et al. 2025',
    title: 'Does Reinforcement Learning Really Incentivize Reasoning Capacity in LLMs Beyond the Base Model?',
    authors: 'Yue et al.',
    year: 2025,
    venue: 'NeurIPS 2025',
    arxiv: '2504.13837',
    verification: 'verified',
  },
  'maxrl2026': {
    short: 'MaxRL 2026, second-hand',
    title: 'MaxRL: the likelihood of any right answer in place of its expected reward',
    authors: 'preprint',
    year: 2026,
    arxiv: '2602.02710',
    verification: 'second-hand',
    note: 'Optimises log p, with p the probability that any right answer is drawn; the formula was seen in a survey. The title here describes it; it is not the printed one.',
  },
  'openai-o1': {
    short: 'OpenAI, o1, September 2024, second-hand',
    title: 'Learning to reason with LLMs',
    authors: 'OpenAI',
    year: 2024,
    verification: 'second-hand',
  },
  'friedman1991': {
    short: 'Friedman 1991',
    title: 'Multivariate Adaptive Regression Splines',
    authors: 'Jerome H. Friedman',
    year: 1991,
    venue: 'Annals of Statistics 19(1)',
    verification: 'verified',
  },
  'radford2019': {
    short: 'Radford et al. 2019 (GPT-2)',
    title: 'Language Models are Unsupervised Multitask Learners',
    authors: 'Radford et al.',
    year: 2019,
    venue: 'OpenAI technical report',
    verification: 'verified',
  },
  'brown2020': {
    short: 'Brown et al. 2020 (GPT-3)',
    title: 'Language Models are Few-Shot Learners',
    authors: 'Brown et al.',
    year: 2020,
    venue: 'NeurIPS 2020',
    arxiv: '2005.14165',
    verification: 'verified',
  },
  'touvron2023': {
    short: 'Touvron et al. 2023 (Llama 2)',
    title: 'Llama 2: Open Foundation and Fine-Tuned Chat Models',
    authors: 'Touvron et al.',
    year: 2023,
    arxiv: '2307.09288',
    verification: 'verified',
  },
  'deck': {
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

/** One line for a source list: authors, title, venue, identifier. */
export function citation(source: Source): string {
  const place = [source.venue, source.arxiv ? `arXiv:${source.arxiv}` : undefined].filter(Boolean).join(', ')
  return `${source.authors} (${source.year}). ${source.title}.${place ? ` ${place}.` : ''}`
}
