/**
 * Whatever changes stands alone in its element, in every template, Slidev's among them: `<p>α = <b>2</b> {{ words }}</p>`
 * is compiled as if the last were an element of its own.
 *
 * A browser's translator puts elements of its own in the place of text nodes. Vue goes on writing into the nodes that it
 * made, which nobody sees any more, so that words stay beside numbers that have changed. The text of an element is another
 * matter: that Vue sets anew, whatever stands in it.
 */
import type { Options } from '@vitejs/plugin-vue'

/** A step of Vue's template compiler. */
type NodeTransform = NonNullable<NonNullable<NonNullable<Options['template']>['compilerOptions']>['nodeTransforms']>[number]
type Root = Extract<Parameters<NodeTransform>[0], { type: 0 }>
type Child = Root['children'][number]
type Element = Extract<Child, { type: 1 }>
type Text = Extract<Child, { type: 2 | 5 }>

/** Node types and element types of the compiler, whose enumerations exist for its own build only. */
const root = 0
const element = 1
const text = 2
const interpolation = 5
const native = 0
const template = 3

/**
 * In a drawing the part of a text; outside of one an element that the browser does not know and no style is for, which
 * is part of its line as the text was. No other name means both, and where a slot ends up the compiler does not know.
 */
const wrapper = 'tspan'

export const loneText: NodeTransform = (node) => {
  // The whole template at once, before other steps have changed it.
  if (node.type === root)
    separate(node as Root)
}

function separate(parent: Root | Element): void {
  const runs: (Child | Text[])[] = []
  for (const child of parent.children) {
    const last = runs.at(-1)
    if (child.type === element)
      separate(child)
    if (child.type !== text && child.type !== interpolation)
      runs.push(child)
    else if (Array.isArray(last))
      last.push(child)
    else
      runs.push([child])
  }
  const isElement = parent.type === element && parent.tagType === native
  if (!isElement || runs.length > 1)
    parent.children = runs.flatMap(run => Array.isArray(run) && changes(run, parent) ? [wrap(run)] : run)
}

/** Whether the words of a run may become others, or come and go, as those of a `<template v-if>` do. */
function changes(run: readonly Text[], parent: Root | Element): boolean {
  const comesAndGoes = parent.type === element && parent.tagType === template
  return run.some(part => part.type === interpolation || (comesAndGoes && part.content.trim() !== ''))
}

function wrap(run: Text[]): Element {
  return { type: element, ns: 0, tag: wrapper, tagType: native, props: [], children: run, loc: run[0]!.loc, codegenNode: undefined }
}
