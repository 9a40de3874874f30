/** The formulas of the talk, set at build time as MathML: no script and no font of its own is needed to read them. */
import temml from 'temml'
import { wide } from './html.ts'

export interface Formula {
  /** As it is read aloud. */
  said: string
  tex: string
  /** What its letters stand for. */
  where: string
}

/** By the alias of the slide that they belong to. */
export const formulas: Readonly<Record<string, readonly Formula[]>> = {
  loss: [{
    tex: 'L(N, D) = E + \\frac{A}{N^{\\alpha}} + \\frac{B}{D^{\\beta}}',
    said: 'L of N and D is E plus A over N to the alpha plus B over D to the beta',
    where: 'The law that is fitted (Hoffmann et al. 2022): L the loss, N the parameters, D the training tokens; E, what no model of this kind gets below, and A, α, B, β are fitted. Compute is counted as C = 6ND.',
  }],
  metric: [{
    tex: 'P(\\text{all } L \\text{ tokens right}) = p^{L}, \\qquad p(C) = \\exp\\!\\left(-(C/C_0)^{-\\alpha}\\right)',
    said: 'The probability that all L tokens are right is p to the L, with p of C being e to the minus C over C zero to the minus alpha',
    where: 'Exact match by Schaeffer et al. 2023, if tokens fail independently; p is the accuracy per token, here an illustration with α = 0.35. On an axis of log C an answer of L tokens moves the climb by log₁₀(L)/α decades and leaves its shape as it was.',
  }],
  morph: [{
    tex: '\\underbrace{L\\,(4+8)\\,d^2}_{\\text{encoder}} + \\underbrace{L\\,(4+4+8)\\,d^2}_{\\text{decoder}} = 28\\,L d^2 \\;\\to\\; 24\\,L d^2 \\;\\to\\; 12\\,L d^2',
    said: 'Twelve L d squared in the encoder and sixteen in the decoder make twenty-eight L d squared; shared attention leaves twenty-four, shared parameters twelve',
    where: 'Parameters of L layers a side of width d: four matrices of d × d per attention, and 8d² for a feed-forward part of width 4d. Norms, biases and embeddings are left out.',
  }],
  cache: [{
    tex: '\\text{bytes per token} = 2 \\cdot \\text{KV layers} \\cdot \\text{KV heads} \\cdot \\text{head width} \\cdot \\text{bytes per element}',
    said: 'Bytes per token are two, times the layers that keep keys and values, times their heads, times the width of a head, times the bytes of an element',
    where: 'Two, for a key and a value. For the shape of Llama-2-7B: 2 · 32 · 32 · 128 · 2 bytes = 512 KiB.',
  }],
  reward: [{
    tex: 'n_{\\text{eff}} = \\exp\\Bigl(-\\sum_{a \\text{ right}} q_a \\ln q_a\\Bigr), \\qquad q_a = \\frac{p_a}{\\sum_{b \\text{ right}} p_b}',
    said: 'The effective number is e to the entropy of the policy among the right answers',
    where: 'The effective number of right answers in use: p is the policy’s probability of an answer, q its share among the right ones. It is 1 if one of them is always given, and their count if all are given alike. The mean over questions is shown.',
  }, {
    tex: '\\ln p_{\\text{reference}} \\qquad \\tfrac1m\\sum_{a \\text{ right}} \\ln p_a \\qquad \\ln \\sum_{a \\text{ right}} p_a \\qquad \\sum_{a \\text{ right}} p_a',
    said: 'The log of p of the reference; the mean of the logs of p over the right answers; the log of the sum of p over the right answers; that sum itself',
    where: 'What the four learners raise, in the order of the figure: one reference, all m of them in equal shares, any right answer by likelihood, any right answer by expected reward.',
  }],
  chat: [{
    tex: '\\frac{n\\,(1 + 2 + \\dots + T)}{n\\,T} = \\frac{T + 1}{2}',
    said: 'n times the sum of one to T, over n times T, is T plus one over two',
    where: 'Tokens encoded in T turns of n tokens, if every turn is encoded anew together with all before it, against each token once.',
  }],
}

export function formulaHtml({ tex, said, where }: Formula): string {
  const math = temml.renderToString(tex, { displayMode: true, throwOnError: true }).replace('<math', `<math aria-label="${said}"`)
  return `<div class="formula">${wide('Formula', math)}<p>${where}</p></div>`
}
