/**
 * Where the parts of the encoder–decoder drawing stand after each removal, in slide pixels. The same parts move: the
 * drawing of step 4 is that of step 0 with its structure taken out, not another drawing.
 */
import type { RemovalStep } from '../../lab/architecture-costs.ts'

export interface StackOptions {
  /** Width of one stack. */
  columnWidth: number
  /** Distance between the two stacks while they are two. */
  gap: number
  /** Where in the gap the route from the encoder runs down, from 0 to 1. */
  routeAt?: number
  layerHeight: number
  /** Left edge of the drawing and top edge of the highest layer. */
  left: number
  top: number
  /** Names of the layers from the top down; dots follow the first where there are three. */
  names?: readonly [string, string] | readonly [string, string, string]
}

export type StackLayout = ReturnType<typeof layoutStack>
type Box = Record<'x' | 'y' | 'width' | 'height', number>

const PAD = 7
const PILL_GAP = 5
const LAYER_GAP = 9
const DOTS_GAP = 20
/** How far over the stacks the route runs. */
const ROUTE_RISE = 15
const HEAD = 5

export function layoutStack(step: RemovalStep, { columnWidth: w, gap, routeAt = 0.5, layerHeight, left, top, names = ['L', '2', '1'] }: StackOptions) {
  const fused = step >= 2
  const inputX = fused ? left + gap / 2 : left
  const targetX = fused ? inputX + w : inputX + w + gap
  const trunkX = fused ? targetX + w + gap / 4 + 6 : inputX + w + gap * routeAt

  const whole = names.length === 2
  const tops = names.map((_, i) => top + i * (layerHeight + LAYER_GAP) + (whole || i === 0 ? 0 : DOTS_GAP - LAYER_GAP))

  const layers = tops.map((y, index) => {
    /** So many pills one under the other, as high as the layer has room for. */
    const column = (count: 2 | 3, x: number, width: number) => Array.from({ length: count }, (_, i): Box => {
      const height = (layerHeight - 2 * PAD - (count - 1) * PILL_GAP) / count
      return { x: x + PAD, y: y + PAD + i * (height + PILL_GAP), width: width - 2 * PAD, height }
    }) as [Box, Box, Box?]
    const inputWidth = fused ? 2 * w : w
    const [inputForward, inputAttention] = column(2, inputX, inputWidth)
    const [targetForward, second, third = second] = column(step === 0 ? 3 : 2, targetX, w)
    return {
      /** "L", "2", "1": at its left. */
      name: names[index] ?? '',
      y,
      inputBox: { x: inputX, y, width: inputWidth, height: layerHeight },
      targetBox: { x: targetX, y, width: w, height: layerHeight },
      inputForward,
      inputAttention,
      targetForward,
      /** Behind the attention of the target once they are one. */
      crossAttention: second,
      targetAttention: third,
    }
  })

  const start = inputX + w / 2
  const over = top - ROUTE_RISE
  const ends = layers.map(layer => middle(step === 0 ? layer.crossAttention : layer.targetAttention))
  const last = ends.at(-1) ?? top
  // Outside of the layer, where the arrowhead does not touch its outline.
  const end = fused ? targetX + w + 3 : targetX - 3
  return {
    /** From the top down. */
    layers,
    /** Left edges of the two halves, and the width of each. */
    inputX,
    targetX,
    columnWidth: w,
    top,
    bottom: (tops.at(-1) ?? top) + layerHeight,
    /** Height of the dots that stand for the layers not drawn; undefined where all are. */
    dotsY: whole ? undefined : top + layerHeight + DOTS_GAP / 2,
    /** From the top of the input stack to every target layer, the trunk before its branches; nothing once layer l reads layer l. */
    route: step >= 3
      ? []
      : [
          roundedPath([[start, top], [start, over], [trunkX, over], [trunkX, last], [end, last]]),
          ...ends.map(y => horizontalArrow(y === last ? (trunkX + end) / 2 : trunkX, end, y)),
        ],
    /** x of the vertical part of the route. */
    trunkX,
    fused,
  }
}

/** Styles rather than attributes, so that what moves or fades between two steps can do so smoothly. */
export const at = (x: number, y: number) => ({ transform: `translate(${x}px, ${y}px)` })
export const shown = (visible: boolean) => ({ opacity: visible ? 1 : 0 })

export function middle(box: Box): number {
  return box.y + box.height / 2
}

/** A line with an arrowhead at its end, and one at its start when it goes both ways. */
export function horizontalArrow(from: number, to: number, y: number, bothWays = false): string {
  const head = (tip: number, direction: number) => `M${tip - direction * HEAD},${y - HEAD}L${tip},${y}L${tip - direction * HEAD},${y + HEAD}`
  const direction = to > from ? 1 : -1
  return `M${from},${y}L${to},${y}${head(to, direction)}${bothWays ? head(from, -direction) : ''}`
}

/** An upward line with an arrowhead. */
export function upwardArrow(x: number, from: number, to: number): string {
  return `M${x},${from}L${x},${to}M${x - HEAD},${to + HEAD}L${x},${to}L${x + HEAD},${to + HEAD}`
}

/** A path along horizontal and vertical lines with its corners rounded, as far as the lines are long enough. */
function roundedPath(points: readonly Point[]): string {
  const inner = points.slice(1, -1).map((corner, i) => {
    const [from, to] = [points[i]!, points[i + 2]!].map(other => towards(corner, other, 7))
    return `L${from}Q${corner} ${to}`
  })
  return `M${points[0]}${inner.join('')}L${points.at(-1)}`
}

type Point = readonly [x: number, y: number]

function towards([x, y]: Point, [tx, ty]: Point, distance: number): Point {
  const part = Math.min(distance / (Math.abs(tx - x) + Math.abs(ty - y)), 0.5)
  return [x + (tx - x) * part, y + (ty - y) * part]
}
