/**
 * While the deck is served, an edited note comes to the presenter's view as it is saved. Slidev watches slides.md alone,
 * and takes the notes from setup/preparser.ts each time that changes: here it is told so when a note does. And when a
 * mistake was mended, its message goes from the screen, also where the slides are again as they were.
 */
import type { Plugin } from 'vite'
import { join, sep } from 'node:path'
import process from 'node:process'

export function watchNotes(root: string): Plugin {
  const notes = join(root, 'notes')
  return {
    name: 'deck:watch-notes',
    apply: 'serve',
    enforce: 'post',
    configureServer({ watcher, httpServer }) {
      // From now on setup/preparser.ts, which Slidev loads anew each time, says in the terminal what is wrong.
      httpServer?.once('listening', () => (process.env.DECK_SERVED = '1'))
      watcher.add(notes)
      watcher.on('change', (file) => {
        if (file.startsWith(notes + sep))
          watcher.emit('change', join(root, 'slides.md'))
      })
    },
    // Comes after Slidev's own, which throws as long as something is wrong. Any update clears Vite's message.
    handleHotUpdate({ file, server }) {
      if (file === join(root, 'slides.md'))
        server.ws.send({ type: 'update', updates: [] })
    },
  }
}
