/** Keys beside Slidev's own: those that a clicker's black button sends. */
import { defineShortcutsSetup } from '@slidev/types'
import { blank, setBlank } from '../sync/blank.ts'

export default defineShortcutsSetup((_nav, base) => [
  ...base,
  ...['b', '.'].map(key => ({ name: `black_screen_${key}`, key, fn: () => setBlank(!blank.value) })),
])
