/**
 * The spoken notes of a built deck come when somebody reads them: Slidev puts them into the first script that every
 * window loads, a quarter of it, and only the presenter view and the reader show them.
 */
import type { Plugin } from 'vite'
import type { Bytes } from '#live-figures/room'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { deflateRawSync } from 'node:zlib'
import { fromText, roomNotesVariable, sealNotes, toText } from '#live-figures/room'
import { shortAsked } from '../../talk/version.ts'
import { roomOfBuild } from './site.ts'

const frontmatterOfSlide = /__slidev_(\d+)\.frontmatter$/
/** The frontmatter as it was typed, which only Slidev's editor reads. */
const typedFrontmatter = /"frontmatterRaw":"(?:[^"\\]|\\.)*",/
const noteInJson = /"noteHTML":("(?:[^"\\]|\\.)*")/

/** Takes the notes out of the slides' data, puts them into a file, and leaves a getter that asks for it (composables/late-notes.ts). */
export function lateNotes(root: string): Plugin {
  /** The note of each slide, by number, and so in order. */
  const notes: Record<string, string> = {}
  // Scripts name the file before all notes are gathered: it is named after what they are made of.
  const file = `assets/notes-${hashNotes(root)}.js`
  return {
    name: 'deck:late-notes',
    apply: 'build',
    transform(original, id) {
      const no = id.match(frontmatterOfSlide)?.[1]
      if (!no)
        return undefined
      const code = original.replace(typedFrontmatter, '')
      const note = code.match(noteInJson)?.[1]
      if (code === original || !note)
        this.error(`Slide ${no}: Slidev’s data of a slide has another shape than setup/vite/late-notes.ts knows.`)
      if (note === '""')
        return { code, map: { mappings: '' } }
      notes[no] = JSON.parse(note) as string
      const withGetter = code.replace(noteInJson, '"noteHTML":""').replace(/^ {4}frontmatter,$/m, `    frontmatter,\n    get noteHTML() { return lateNote(${no}, '${file}') },`)
      return { code: `import { lateNote } from '${join(root, 'composables', 'late-notes.ts').replaceAll('\\', '/')}'\n${withGetter}`, map: { mappings: '' } }
    },
    generateBundle() {
      if (Object.keys(notes).length === 0)
        return
      // In a room’s build for the presenter’s key alone; what is encrypted no host can compress any more.
      const json = JSON.stringify(notes)
      const source = `export default ${roomOfBuild() ? `"${toText(sealNotes(deflateRawSync(json), notesKey()))}"` : json}\n`
      this.emitFile({ type: 'asset', fileName: file, source })
    },
  }
}

/**
 * What the notes of a room's build are encrypted under.
 * @throws RangeError when there is no such key: notes would go out in the open
 */
function notesKey(): Bytes {
  const key = fromText(process.env[roomNotesVariable] ?? '')
  if (!key)
    throw new RangeError(`A build with a room and with notes wants their key in ${roomNotesVariable}: 32 bytes in base64url. \`npm run room\` makes it.`)
  return key
}

function hashNotes(root: string): string {
  const hash = createHash('sha256').update(String(shortAsked())).update(process.env[roomNotesVariable] ?? '')
  const files = ['slides.md', 'package-lock.json', ...readdirSync(join(root, 'notes')).sort().map(name => join('notes', name))]
  for (const file of files)
    hash.update(readFileSync(join(root, file)))
  return hash.digest('hex').slice(0, 8)
}
