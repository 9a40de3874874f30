/**
 * The spoken notes of a built deck. All of them come in one file when the first is read, because only the presenter view
 * and the reader show them (setup/vite/late-notes.ts). A file that does not come is asked for again until it does, and
 * in the place of the notes a sentence says so: a speaker who sees nothing would take the slide to have none.
 */
import { shallowReactive } from 'vue'
import { seedOfTab } from '#live-figures'

/** The notes as HTML, by page number. */
export type Notes = Readonly<Record<number, string>>

export const onTheirWay = '<p>The notes are on their way.</p>'
export const notYet = '<p>The notes did not load. They are asked for again until they come.</p>'

/** How long is waited after a failure, in milliseconds: twice as long after each, up to the most. */
const firstPause = 1000
const longestPause = 30_000

/**
 * @param load fetches the notes; `attempt` counts from 0
 * @returns the note of a page, for a template to read
 */
export function createLateNotes(load: (attempt: number) => Promise<Notes>): (page: number) => string {
  const state = shallowReactive<{ notes?: Notes, failed: boolean }>({ failed: false })
  let attempt = 0
  let asked = false
  let timer: ReturnType<typeof setTimeout> | undefined

  async function ask(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    try {
      state.notes = await load(attempt++)
      removeEventListener('online', again)
    }
    catch {
      state.failed = true
      timer = setTimeout(ask, Math.min(firstPause * 2 ** (attempt - 1), longestPause))
    }
  }

  function again(): void {
    // Unless an answer is awaited already.
    if (timer !== undefined)
      void ask()
  }

  return (page) => {
    if (!asked) {
      asked = true
      addEventListener('online', again)
      void ask()
    }
    return state.notes ? state.notes[page] ?? '' : state.failed ? notYet : onTheirWay
  }
}

export const locked = '<p>The notes of this talk open by the presenter’s link alone.</p>'

let wrongKey = false
let lateNotes: ((page: number) => string) | undefined

/**
 * The note of a page.
 * @param file where the notes stand, from the deck's page on
 */
export function lateNote(page: number, file: string): string {
  if (import.meta.env.DECK_ROOM && (wrongKey || !seedOfTab()))
    return locked
  lateNotes ??= createLateNotes(async (attempt) => {
    const address = new URL(file, document.baseURI)
    // A browser may keep in mind that a script did not load, and not ask for it again under the same name.
    if (attempt > 0)
      address.searchParams.set('attempt', String(attempt))
    const { default: notes } = await import(/* @vite-ignore */ address.href) as { default: Notes & string }
    if (!import.meta.env.DECK_ROOM)
      return notes
    return unlock(notes)
  })
  const note = lateNotes(page)
  return import.meta.env.DECK_ROOM && wrongKey ? locked : note
}

/** The notes of a room's build, by the key that the presenter's link brought. */
async function unlock(sealed: string): Promise<Notes> {
  const { bytesOf, fromText, notesKey, openNotes } = await import('#live-figures/room')
  const seed = fromText(seedOfTab() ?? '')
  const notes = seed && openNotes(bytesOf(sealed), notesKey(seed))
  wrongKey = !notes
  return notes ? await new Response(new Blob([notes]).stream().pipeThrough(new DecompressionStream('deflate-raw'))).json() as Notes : {}
}
