/**
 * What is drawn or written in the two colours that mean something, slide by slide: warm is structure, cool is generality or
 * compute. A slide that is not named has nothing in either; pages of one thing (book-1, book-2, …) go by its name.
 */
export interface Coloured {
  /** What is warm, and so structure: an assumption that is built in. */
  warm?: string
  /** What is cool: an assumption taken out, the more general method, compute. */
  cool?: string
}

export const coloured: Readonly<Record<string, Coloured>> = {
  cover: { warm: 'the word and the curve of the structured learner', cool: 'the curve of the freer learner' },
  promise: { warm: 'the word Structure', cool: 'the word General' },
  cheap: { cool: 'compute, in the title and as price curves' },
  think: { warm: 'how we think, the source of structure' },
  loan: { warm: 'the linear learner', cool: 'the network' },
  race: { warm: 'the linear learner', cool: 'the networks and the change of the lead' },
  varied: { warm: 'encoder–decoder', cool: 'decoder-only, and work that is more varied' },
  hybrid: { warm: 'hybrids, with convolution built in', cool: 'pure ViTs' },
  map: { warm: 'the rule “local, and the same everywhere”', cool: 'the free map' },
  trend: { cool: 'weaker assumptions' },
  anatomy: { warm: 'the four built-in assumptions', cool: 'what is shared with the decoder-only model' },
  morph: { warm: 'structure that is still built in', cool: 'what took its place, and paid off' },
  five: { warm: 'the structured end of the ladder', cool: 'the general end of the ladder' },
  evidence: { warm: 'encoder–decoder', cool: 'decoder-only' },
  objection: { warm: 'more structure: a constraint', cool: 'less structure' },
  genre: { warm: 'what was built in and is taken out', cool: 'to remove' },
  table: { warm: 'structure that stands', cool: 'structure that went' },
  cache: { warm: 'a state of fixed size' },
  became: { warm: 'structure that stands', cool: 'structure that went' },
  objective: { warm: 'the assumption of one right answer' },
  reward: { warm: 'one given answer is copied', cool: 'any right answer counts' },
  next: { warm: 'the six assumptions' },
  questions: { warm: 'the word loan', cool: 'the word compute' },
  budget: { cool: 'the word budget: compute' },
  book: { warm: 'what is taken out, or stands', cool: 'structure that went' },
}
