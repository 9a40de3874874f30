/**
 * UnoCSS makes the utility classes that Slidev's own shell is written with. The deck itself has none: its look stands in
 * styles/ and in its components, whose words would otherwise be taken for class names (`block`, `table`, `flex`) and
 * each be tried against every rule, at the cost of a longer build.
 */
import { defineUnoSetup } from '@slidev/types'

export default defineUnoSetup(() => ({
  content: { pipeline: { include: [/\/node_modules\/@slidev\/.*\.vue(?:$|\?)/] } },
}))
