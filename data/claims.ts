/** The claims of the post that the talk retells, in its order; slides say in their frontmatter which they tell. */
export const claims = {
  P1: 'A Stanford lecture by Jason Wei and Hyung Won Chung, watched and retold.',
  P2: 'Wei: compute is what counts; with enough of it, capabilities appear.',
  P3: 'Chung: cheap compute is the main trend behind research, though not the only one.',
  P4: 'We teach the model how we think we think, and do not know how we think.',
  P5: 'Built-in structure helps while compute and examples are few.',
  P6: 'With many varied examples the same structure becomes the bottleneck.',
  P7: 'The trend is towards more general methods with weaker modelling assumptions.',
  P8: 'The example: from the Transformer to decoder-only.',
  P8a: 'One attention serves as self- and cross-attention.',
  P8b: 'One set of parameters for input and output.',
  P8c: 'Attention in one direction instead of two.',
  P9: 'The architecture matters less; the learning objective is the bottleneck.',
  P10: 'One reference answer for an open question; reinforcement learning partly helps.',
  P11: 'The community rewards adding to a model, not removing from it.',
  P12: 'The post disagrees: there is a genre of papers that remove.',
  P12a: 'Your Transformer is Secretly Linear.',
  P12b: 'Remove positional encoding.',
  P12c: 'Remove attention: BiGS, Mamba, RWKV.',
  P12d: 'Remove most of the KV cache: MLKV.',
} as const

export type ClaimId = keyof typeof claims
