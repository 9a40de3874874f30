/** What to remove next: the candidates that others name, each through the same three questions. */
import type { SourceId, Verification } from './sources.ts'

export interface Evidence {
  words: string
  how: Verification
}

export interface Candidate {
  id: string
  name: string
  /** What it takes for granted. */
  assumes: string
  due: Evidence
  notDue: Evidence
  /** Who names it. */
  namedBy: string
  sources: readonly [SourceId, ...SourceId[]]
  /** Its row in the loan book, where it has one. */
  loan?: string
  /** This deck's own answer, first and second. */
  rank?: 1 | 2
}

export const candidates: readonly Candidate[] = [
  {
    id: 'one-answer',
    name: 'One right answer',
    assumes: 'Each question has one good answer.',
    due: { words: 'Models sound alike on open questions; credit for any answer helps', how: 'second-hand' },
    notDue: { words: 'Pre-training works; cures need checkable answers, and cost variety in our toy', how: 'verified' },
    namedBy: 'Chung; MaxRL; Puri et al.',
    sources: ['cs25', 'hivemind2025', 'maxrl2026', 'puri2026', 'deck'],
    rank: 1,
  },
  {
    id: 'every-key',
    name: 'Attention to all',
    assumes: 'Any token may need any other.',
    due: { words: 'Flagships ship 3:1 hybrids and block-sparse attention', how: 'second-hand' },
    notDue: { words: 'No flagship found without attention; M2 went back; an indexer chooses', how: 'verified' },
    namedBy: 'MiniMax, DeepSeek, Moonshot, Qwen',
    sources: ['msa2026', 'dsa2025', 'kimi-k3', 'minimax-m2-blog'],
    loan: 'sparse-attention',
    rank: 2,
  },
  {
    id: 'tokeniser',
    name: 'The tokeniser',
    assumes: 'Text comes in pieces counted before.',
    due: { words: 'Parity claimed at 7–8B, releases up to 70B', how: 'second-hand' },
    notDue: { words: 'No frontier model found; a rule for words often stays', how: 'second-hand' },
    namedBy: 'BLT, H-Net, Bolmo, HAT',
    sources: ['blt2024', 'hnet2025', 'bolmo2025', 'hat2026'],
    loan: 'tokeniser',
  },
  {
    id: 'left-to-right',
    name: 'Left to right',
    assumes: 'Text is made from its start to its end.',
    due: { words: 'On data that repeat, any-order models overtake', how: 'verified' },
    notDue: { words: 'Disputed; DiffusionGemma is faster and weaker than its sibling', how: 'second-hand' },
    namedBy: 'Ni et al.; Google',
    sources: ['diffusion2025', 'gao2025', 'diffusiongemma'],
    loan: 'order',
  },
  {
    id: 'fixed-depth',
    name: 'Fixed depth',
    assumes: 'Every token deserves the same depth.',
    due: { words: 'Looped models claim to match larger ones (Ouro)', how: 'second-hand' },
    notDue: { words: 'Use saturates after a few loops, and loops share weights', how: 'second-hand' },
    namedBy: 'Ouro and kin',
    sources: ['ouro2025', 'tay2022'],
  },
  {
    id: 'human-text',
    name: 'Human text alone',
    assumes: 'Only what people wrote can teach.',
    due: { words: 'R1-Zero learned from a rule; an essay calls for experience', how: 'second-hand' },
    notDue: { words: 'R1-Zero began as a model of human text', how: 'second-hand' },
    namedBy: 'Silver & Sutton: an opinion',
    sources: ['silver2025', 'guo2025'],
  },
]

/** What would change this deck's answer. */
export const wouldChange = [
  'on the first, credit for any right answer failing on open questions',
  'on the second, full attention ahead at every budget, in matched runs',
] as const
