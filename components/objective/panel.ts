/** The geometry that the panels of the objectives share, so that one takes the place of another without a jump. */
import { definePlot } from '../chart/plot.ts'

export const panelPlot = definePlot(424, 222, { top: 28, right: 12, bottom: 44, left: 50 })
