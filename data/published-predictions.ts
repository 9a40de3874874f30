/**
 * Predictions of a loss that others made and published, each with what it was made from: runs spread for the purpose.
 */
import type { TestbedRun } from './scaling-testbed.ts'
import { cleanRuns } from './scaling-testbed.ts'

export interface PublishedPrediction {
  /** Who, as a chart names it. */
  who: string
  /** By what factor the runs had less training compute than what they predict. */
  lessCompute: number
  /** Whether the source says "at most" of that compute. */
  atMost: boolean
  /** Size of the relative error; null where the source has a drawing and no number. */
  error: number | null
}

/**
 * Gadre et al. on this very testbed and its biggest run: 300 times less compute in the text; the error, 4.3 %, was read off
 * their Figure 5, which gives no sign.
 */
export const gadrePrediction: PublishedPrediction = { who: 'Gadre et al.', lessCompute: 300, atMost: false, error: 0.043 }

/** The final loss of GPT-4, section 3.1 of its report: another model and another scale of loss. */
export const gpt4Prediction: PublishedPrediction = { who: 'GPT-4', lessCompute: 10_000, atMost: true, error: null }

/**
 * The five runs that Gadre et al. fit their law to: the four sizes up to 0.41B at 20 tokens per parameter, and the smallest
 * at 320. Chosen in `fit_ds` of scaling/shared.py, repository mlfoundations/scaling (MIT), commit a003c491.
 */
export const spreadRuns: readonly TestbedRun[] = ['d=96_l=8_h=4-1.0', 'd=512_l=8_h=4-1.0', 'd=576_l=24_h=8-1.0', 'd=1024_l=24_h=8-1.0', 'd=96_l=8_h=4-16.0']
  .map(name => cleanRuns.find(({ run }) => run === name)!)
