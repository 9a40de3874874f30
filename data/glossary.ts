/** The terms of the talk for readers from another field, one meaning each. */
export interface Term {
  term: string
  means: string
}

export const glossary: readonly Term[] = [
  { term: 'attention', means: 'The part of a Transformer by which one token takes in others: a weighted mean of their values, with weights computed from the pair (its query, their keys). Its cost grows with the number of pairs.' },
  { term: 'Adam', means: 'The usual variant of stochastic gradient descent: each parameter’s step is scaled by running means of its gradient and of the gradient’s square.' },
  { term: 'autoregressive, causal', means: 'Each token is predicted from those before it; a causal mask keeps attention from looking ahead.' },
  { term: 'compute', means: 'Arithmetic spent, counted in FLOPs; for training a dense Transformer about 6 per parameter and token.' },
  { term: 'cross-attention', means: 'Attention whose queries come from the output and whose keys and values come from the encoded input.' },
  { term: 'cross-entropy', means: 'The mean of −ln p over what really came next, in nats per token: the usual loss of a language model. Its least value is the entropy of the text itself.' },
  { term: 'decoder-only', means: 'A Transformer of one causal stack that reads the input and writes the output with the same weights.' },
  { term: 'embedding', means: 'The vector that stands for a token inside the network; the table of these vectors is not counted in the parameter counts here.' },
  { term: 'encoder–decoder', means: 'The Transformer of 2017: one stack reads the whole input in both directions, a second one writes the output and reads the first by cross-attention.' },
  { term: 'exact match', means: 'A score of 1 if the whole answer is right, token by token, and 0 otherwise.' },
  { term: 'feed-forward, MLP', means: 'The part of a Transformer layer that works on each token by itself: two linear maps with a non-linearity between them, four times as wide as the model here.' },
  { term: 'FLOP', means: 'One floating-point operation; a multiplication with an addition counts as two. FLOPs is the plural, not a rate.' },
  { term: 'fine-tuning', means: 'Further training of a pre-trained model on data for a use; supervised, if each question comes with a reference answer.' },
  { term: 'general', means: 'What is left of a model when a structure is taken out of it. The cool colour.' },
  { term: 'inductive bias', means: 'The field’s word for assumptions that make a learner prefer some answers before it has seen data. Structure, here, is the part of it that training cannot unlearn.' },
  { term: 'KV cache', means: 'Keys and values of all past tokens, kept so that a causal model need not compute them again for each new token. It grows with the text.' },
  { term: 'likelihood', means: 'The probability that a model gives to data. Maximum-likelihood training raises the probability of each reference answer; all others together lose what it gains.' },
  { term: 'loss', means: 'The number that training lowers; cross-entropy unless said otherwise. Losses of other data or another tokeniser cannot be compared.' },
  { term: 'multi-head, grouped-query, multi-query attention', means: 'Attention with many sets of keys and values (MHA), with one set per group of query heads (GQA), or with one in all (MQA). Fewer sets, smaller cache.' },
  { term: 'objective', means: 'What training maximises or minimises: likelihood of the reference, a reward, the summed probability of all right answers.' },
  { term: 'parameters, weights', means: 'The numbers that training sets. 6.9B means 6.9 × 10⁹.' },
  { term: 'pass@1, pass@k', means: 'The share of problems solved at the first try, or by at least one of k tries.' },
  { term: 'policy gradient', means: 'The way reinforcement learning trains a model on what it produced itself: probability of an answer is raised in proportion to its reward.' },
  { term: 'positional encoding', means: 'What tells attention where a token stands, which it cannot tell otherwise.' },
  { term: 'pre-training', means: 'The first and largest part of training: predict the next token of a very large text collection.' },
  { term: 'reinforcement learning', means: 'Training on a score of answers rather than on reference answers. RLHF learns the score from people’s comparisons; a rule can check mathematics.' },
  { term: 'scaling law', means: 'A power law fitted to the loss of models of different sizes and amounts of data.' },
  { term: 'state-space model, state of fixed size', means: 'A recurrent alternative to attention (Mamba, RWKV): the past is folded into a state whose size does not grow with the text.' },
  { term: 'structure', means: 'An assumption built into a model that training cannot unlearn. The warm colour.' },
  { term: 'token, tokeniser', means: 'The pieces, words and parts of words, in which a model reads and writes; the tokeniser cuts text into them by rules fixed before training.' },
  { term: 'Transformer', means: 'A network of layers, each with attention and a feed-forward part, whose results are added to a running vector per token (the residual stream).' },
  { term: 'ViT', means: 'Vision Transformer: an image cut into patches that are read as tokens. A hybrid sends the image through convolutions first.' },
]
