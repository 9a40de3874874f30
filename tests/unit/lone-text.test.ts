/** How templates are compiled so that whatever changes stands alone in its element. */
import { expect, it } from 'vitest'
import { compileTemplate } from 'vue/compiler-sfc'
import { loneText } from '../../setup/vite/lone-text.ts'

function compiled(source: string): string {
  const { code, errors } = compileTemplate({ source, filename: 'a.vue', id: 'a', compilerOptions: { nodeTransforms: [loneText] } })
  expect(errors).toEqual([])
  return code
}

it.each([
  ['beside an element', '<p><b>α</b> = {{ a }}</p>'],
  ['in a drawing', '<svg><text><tspan dx="5">α</tspan>{{ a }}</text></svg>'],
  ['in what a component is given', '<FigureButton>seed {{ a }}</FigureButton>'],
  ['in what a slot shows otherwise', '<span><slot>{{ a }}</slot></span>'],
  ['when it comes and goes', '<p>{{ a }}<template v-if="a">; and so on</template></p>'],
  ['in a list', '<p><template v-for="b in a" :key="b">{{ b }}, </template></p>'],
  ['at the root', '{{ a }}'],
])('text that changes gets an element of its own %s', (_, source) => {
  expect(compiled(source)).toMatch(/"tspan"/)
  expect(compiled(source)).not.toMatch(/createTextVNode\([^)]*(?:toDisplayString|and so on)/)
})

it.each(['<p>α = {{ a }}, no more</p>', '<p>never <b>changes</b></p>', '<FigureButton>run</FigureButton>', '<p v-if="a">α</p>'])('text that has an element, or does not change, stays as it is: %s', (source) => {
  expect(compiled(source)).not.toMatch(/tspan/)
})
