/** The geometry all charts share: an area with margins, in slide pixels. */

export interface Plot {
  width: number
  height: number
  /** The x coordinates of the plotting area's left and right edge. */
  x: readonly [number, number]
  /** The y coordinates of its bottom and top edge, in the order a scale's range wants them. */
  y: readonly [number, number]
}

/**
 * A plotting area inside a drawing.
 * @throws RangeError when the margins leave no room
 */
export function definePlot(width: number, height: number, margin: Record<'top' | 'right' | 'bottom' | 'left', number>): Plot {
  const plot: Plot = {
    width,
    height,
    x: [margin.left, width - margin.right],
    y: [height - margin.bottom, margin.top],
  }
  if (plot.x[1] <= plot.x[0] || plot.y[0] <= plot.y[1])
    throw new RangeError(`A drawing of ${width} × ${height} has no room inside margins ${JSON.stringify(margin)}.`)
  return plot
}
