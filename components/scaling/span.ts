/** The axis of compute that the panels of the scaling curve share, one over the other. */
import type { Plot } from '#live-figures'
import { scaleLog } from 'd3-scale'

/** FLOP, from end to end. */
const span = [2e15, 1.4e22] as const

export const computeScale = (plot: Plot) => scaleLog([...span], [...plot.x])
