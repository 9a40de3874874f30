/** Runs an experiment of lab/ for a figure. */
import type { experiments } from '../lab/experiments.ts'
import { createUseRun } from '#live-figures'
import makeWorker from './make-worker.ts'

export const useRun = createUseRun<typeof experiments>(makeWorker)
