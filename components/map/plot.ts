/** Where the errors of the map are drawn; the slider under them is as wide. */
import { definePlot } from '#live-figures'

export const errorPlot = definePlot(392, 220, { top: 28, right: 112, bottom: 46, left: 40 })
