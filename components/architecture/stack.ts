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

export interface Box {
  x: number
  y: number
  width: number
  height: number
}

export interface LayerLayout {
  /** "L", "2", "1": the name at its left. */
  name: string
  y: number
  inputBox: Box
  targetBox: Box
  inputAttention: Box
  inputForward: Box
  targetAttention: Box
  crossAttention: Box
  targetForward: Box
}

export interface StackLayout {
  /** From the top down. */
  layers: LayerLayout[]
  /** Left edges of the two halves, and the width of each. */
  inputX: number
  targetX: number
  columnWidth: number
  top: number
  bottom: number
  /** Height of the dots that stand for the layers not drawn; undefined where all are. */
  dotsY: number | undefined
  /** From the top of the input stack to every target layer, the trunk before its branches; nothing once layer l reads layer l. */
  route: string[]
  /** x of the vertical part of the route. */
  trunkX: number
  fused: boolean
}

const PAD = 7
const PILL_GAP = 5
const LAYER_GAP = 9
const DOTS_GAP = 20
/** How far over the stacks the route runs. */
const ROUTE_RISE = 15
const HEAD = 5

export function layoutStack(step: RemovalStep, { columnWidth: w, gap, routeAt = 0.5, layerHeight, left, top, names = ['L', '2', '1'] }: StackOptions): StackLayout {
  const fused = step >= 2
  const inputX = fused ? left + gap / 2 : left
  const targetX = fused ? inputX + w : inputX + w + gap
  const trunkX = fused ? targetX + w + gap / 4 + 6 : inputX + w + gap * routeAt

  const whole = names.length === 2
  const tops = names.map((_, i) => top + i * (layerHeight + LAYER_GAP) + (whole || i === 0 ? 0 : DOTS_GAP - LAYER_GAP))
  const half = (layerHeight - 2 * PAD - PILL_GAP) / 2
  const third = (layerHeight - 2 * PAD - 2 * PILL_GAP) / 3

  const layers = tops.map((y, index): LayerLayout => {
    const pill = (x: number, offset: number, height: number, width: number): Box => ({ x: x + PAD, y: y + PAD + offset, width: width - 2 * PAD, height })
    const inputWidth = fused ? 2 * w : w
    const own = step === 0
    return {
      name: names[index] ?? '',
      y,
      inputBox: { x: inputX, y, width: inputWidth, height: layerHeight },
      targetBox: { x: targetX, y, width: w, height: layerHeight },
      inputForward: pill(inputX, 0, half, inputWidth),
      inputAttention: pill(inputX, half + PILL_GAP, half, inputWidth),
      targetForward: pill(targetX, 0, own ? third : half, w),
      crossAttention: pill(targetX, own ? third + PILL_GAP : half + PILL_GAP, own ? third : half, w),
      targetAttention: pill(targetX, own ? 2 * (third + PILL_GAP) : half + PILL_GAP, own ? third : half, w),
    }
  })

  const start = inputX + w / 2
  const over = top - ROUTE_RISE
  const ends = layers.map(layer => middle(step === 0 ? layer.crossAttention : layer.targetAttention))
  const last = ends.at(-1) ?? top
  // Outside of the layer, where the arrowhead does not touch its outline.
  const end = fused ? targetX + w + 3 : targetX - 3
  return {
    layers,
    inputX,
    targetX,
    columnWidth: w,
    top,
    bottom: (tops.at(-1) ?? top) + layerHeight,
    dotsY: whole ? undefined : top + layerHeight + DOTS_GAP / 2,
    route: step >= 3
      ? []
      : [
          roundedPath([[start, top], [start, over], [trunkX, over], [trunkX, last], [end, last]]),
          ...ends.map(y => horizontalArrow(y === last ? (trunkX + end) / 2 : trunkX, end, y)),
        ],
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
