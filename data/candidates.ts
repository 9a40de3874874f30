/** What to remove next: the candidates that others name, each through the same three questions. */
import type { OwnerId } from './owners.ts'
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
  owner: OwnerId
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
    assumes: 'A question has one good answer, the one in the data.',
    due: { words: 'More than 70 models sound alike on open questions; credit for any right answer improves many-try scores', how: 'second-hand' },
    notDue: { words: 'Pre-training works as it is; the cures need answers that can be checked', how: 'verified' },
    namedBy: 'Chung; MaxRL; Puri et al.',
    owner: 'chung',
    sources: ['cs25', 'hivemind2025', 'maxrl2026', 'puri2026'],
    rank: 1,
  },
  {
    id: 'every-key',
    name: 'Attention to everything',
    assumes: 'Any token may need any other, always.',
    due: { words: 'Flagships ship 3:1 hybrids and block-sparse attention', how: 'second-hand' },
    notDue: { words: 'Nobody removed it all; M2 went back; an index made by hand took its place', how: 'verified' },
    namedBy: 'MiniMax, DeepSeek, Moonshot, Qwen',
    owner: 'measured',
    sources: ['msa2026', 'dsa2025', 'kimi-k3', 'minimax-m2-blog'],
    loan: 'sparse-attention',
    rank: 2,
  },
  {
    id: 'tokeniser',
    name: 'The tokeniser',
    assumes: 'Text comes in pieces that were counted before training.',
    due: { words: 'Parity claimed at 7–8B, releases up to 70B', how: 'second-hand' },
    notDue: { words: 'No frontier model found; a rule for where words end often stays', how: 'second-hand' },
    namedBy: 'BLT, H-Net, Bolmo, HAT',
    owner: 'measured',
    sources: ['blt2024', 'hnet2025', 'bolmo2025', 'hat2026'],
    loan: 'tokeniser',
  },
  {
    id: 'left-to-right',
    name: 'Left to right',
    assumes: 'Text is made from its beginning to its end.',
    due: { words: 'On data that repeat, any-order models overtake', how: 'verified' },
    notDue: { words: 'Disputed as mere regularising; DiffusionGemma is faster and weaker than its sibling', how: 'second-hand' },
    namedBy: 'Ni et al.; Google',
    owner: 'measured',
    sources: ['diffusion2025', 'gao2025', 'diffusiongemma'],
    loan: 'order',
  },
  {
    id: 'fixed-depth',
    name: 'Fixed depth',
    assumes: 'Every token deserves the same number of layers.',
    due: { words: 'Looped models claim to match larger ones (Ouro, 1.4B and 2.6B)', how: 'second-hand' },
    notDue: { words: 'Use saturates after a few loops; loops share weights, the listener’s “more constraint”', how: 'second-hand' },
    namedBy: 'Ouro and kin',
    owner: 'measured',
    sources: ['ouro2025', 'tay2022'],
  },
  {
    id: 'human-text',
    name: 'Human text as teacher',
    assumes: 'What people wrote is the only place to learn from.',
    due: { words: 'R1-Zero learned from a rule; an essay calls for experience', how: 'second-hand' },
    notDue: { words: 'R1-Zero began as a model of human text', how: 'second-hand' },
    namedBy: 'Silver & Sutton: an opinion',
    owner: 'measured',
    sources: ['silver2025', 'guo2025'],
  },
]

/** What would change this deck's answer. */
export const wouldChange = [
  'full attention that leads at every budget, in matched runs',
  'credit for any right answer that fails on open questions',
] as const
