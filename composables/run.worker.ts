/** The worker that experiments run in. */
import { serveExperiments } from '#live-figures/worker'
import { experiments } from '../lab/experiments.ts'

serveExperiments(experiments)
