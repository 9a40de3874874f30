/**
 * Keys beside Slidev's own: those that a clicker's black button sends. A key turns once, however long it is held: Slidev
 * repeats it by a timer, which a page that is busy for a second hears before it hears that the key was let go.
 */
import { defineShortcutsSetup } from '@slidev/types'
import { blank, setBlank } from '../sync/blank.ts'

export default defineShortcutsSetup((_nav, base) => [
  ...base.map(shortcut => ({ ...shortcut, autoRepeat: false })),
  ...['b', '.'].map(key => ({ name: `black_screen_${key}`, key, fn: () => setBlank(!blank.value) })),
])
