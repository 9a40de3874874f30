/**
 * What the talk finds, in five sentences, each with its number and what qualifies it. `numbers` are those that the figure
 * of its slide shows in the same letters; a test holds the two together.
 */
import type { OwnerId } from './owners.ts'
import type { SourceId } from './sources.ts'

export interface Finding {
  says: string
  caveat: string
  /** As they stand in the sentences and in the figure. */
  numbers: readonly string[]
  /** The slide that tells it, by its alias. */
  slide: string
  owners: readonly OwnerId[]
  sources: readonly SourceId[]
}

export const findings: readonly Finding[] = [
  {
    says: 'Loss can be predicted as far as your runs allow: a law fitted to runs of up to 10¹⁸ FLOP puts the biggest of 34 models +35 % off, one fitted up to 10²¹ −3 %.',
    caveat: 'The error does not shrink steadily on the way; and five runs that Gadre et al. had chosen for it did nearly as well with 300× less compute than that model took. The fits are this deck’s.',
    numbers: ['+35 %', '−3 %', '300×'],
    slide: 'loss',
    owners: ['wei', 'measured'],
    sources: ['gadre2024'],
  },
  {
    says: 'While examples are few, structure pays: in a regression made for it, a linear model leads a small network up to 2,057 examples, and then stops where the straight line ends.',
    caveat: 'A table of our own making, mostly linear and as noisy as it is informative; 80 % of seeds cross between 1,052 and 4,409. An additive model leads both in between.',
    numbers: ['2,057', '1,052', '4,409'],
    slide: 'loan',
    owners: ['post', 'deck'],
    sources: ['post', 'deck'],
  },
  {
    says: 'The lead can change with the work: of the same two small Transformers the encoder–decoder is ahead on one question with one answer (the other needs 1.6× the FLOPs to get 90 % right), and pays 3.6× per step in a chat.',
    caveat: 'Two layers, two made-up tasks, eight seeds each; the encoder–decoder has twice the parameters. It says nothing about large models, whose published comparisons agree with Chung in part.',
    numbers: ['1.6×', '3.6×'],
    slide: 'varied',
    owners: ['post', 'deck'],
    sources: ['post', 'deck'],
  },
  {
    says: 'There is a genre of removals, and its results are mixed: of 30 structures in the loan book 7 are paid off, 8 in instalments, 7 refinanced by another fixed assumption, 1 put back, 1 never due and 6 open.',
    caveat: 'The rows were chosen and judged by this deck, by the definitions below, and four of the 7 are Chung’s own steps; they count neither papers nor models nor importance.',
    numbers: ['7', '8', '6'],
    slide: 'became',
    owners: ['post', 'deck'],
    sources: ['deck'],
  },
  {
    says: 'The objective is structure too: in a miniature, credit for any right answer ends at 97 % right on new questions, where copying one reference ends at 77 %.',
    caveat: 'It is bought with variety (1.5 right answers in use, of 4.9 at the start); likelihood of any right answer does as well as reward, which here is exactly what is scored; and copying all right answers stops at 78 %, in part for the kind of model.',
    numbers: ['97 %', '77 %', '78 %', '1.5', '4.9'],
    slide: 'reward',
    owners: ['chung', 'deck'],
    sources: ['cs25', 'deck'],
  },
]
