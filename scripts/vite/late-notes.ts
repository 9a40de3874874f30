/**
 * The spoken notes of a built deck come when somebody reads them: Slidev puts them into the first script that every
 * window loads, a quarter of it, and only the presenter view shows them.
 */
import type { Plugin } from 'vite'

const frontmatterOfSlide = /__slidev_(\d+)\.frontmatter$/
/** The frontmatter as it was typed, which only Slidev's editor reads. */
const typedFrontmatter = /"frontmatterRaw":"(?:[^"\\]|\\.)*",/
const noteInJson = /"noteHTML":("(?:[^"\\]|\\.)*")/
const reader = 'virtual:late-notes'
const oneNote = 'virtual:late-note/'

/** Takes the notes out of the slides' data and leaves a getter that fetches all of them at the first question. */
export function lateNotes(): Plugin {
  const notes = new Map<string, string>()
  return {
    name: 'deck:late-notes',
    apply: 'build',
    resolveId(source) {
      return source === reader || source.startsWith(oneNote) ? `\0${source}` : undefined
    },
    load(id) {
      if (id === `\0${reader}`) {
        return {
          moduleType: 'js',
          code: `import { shallowReactive } from 'vue'
const texts = shallowReactive({})
const asked = new Set()
export function lateNote(no, load) {
  if (!asked.has(no)) {
    asked.add(no)
    load().then(({ default: text }) => { texts[no] = text })
  }
  return texts[no] ?? ''
}`,
        }
      }
      if (id.startsWith(`\0${oneNote}`))
        return { moduleType: 'js', code: `export default ${notes.get(id.slice(oneNote.length + 1)) ?? '""'}` }
      return undefined
    },
    transform(original, id) {
      const no = id.match(frontmatterOfSlide)?.[1]
      if (!no)
        return undefined
      const code = original.replace(typedFrontmatter, '')
      const note = code.match(noteInJson)?.[1]
      if (code === original || !note)
        this.error(`Slide ${no}: Slidev’s data of a slide has another shape than scripts/vite/late-notes.ts knows.`)
      if (note === '""')
        return { code, map: { mappings: '' } }
      notes.set(no, note)
      const withGetter = code.replace(noteInJson, '"noteHTML":""').replace(/^ {4}frontmatter,$/m, `    frontmatter,\n    get noteHTML() { return lateNote(${no}, () => import('${oneNote}${no}')) },`)
      return { code: `import { lateNote } from '${reader}'\n${withGetter}`, map: { mappings: '' } }
    },
  }
}
