/** The geometry of the panels of the objectives: wide for one or two, narrow for four in a row that share one scale. */
import type { Plot } from '#live-figures'
import { definePlot } from '#live-figures'

export const panelPlot = definePlot(424, 222, { top: 28, right: 12, bottom: 44, left: 50 })

const height = 210
const wide = definePlot(424, height, { top: 28, right: 12, bottom: 42, left: 50 })
/** The first of a row has the scale; the others have the same width of plot. */
const first = definePlot(240, height, { top: 28, right: 8, bottom: 42, left: 48 })
const next = definePlot(200, height, { top: 28, right: 8, bottom: 42, left: 8 })

/** The plot of the panel at a place in a row of so many. */
export function coursePlot(place: number, panels: number): Plot {
  return panels <= 2 ? wide : place === 0 ? first : next
}
