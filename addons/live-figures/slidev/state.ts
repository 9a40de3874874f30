/** The parts of Slidev's state that no public way leads to. */
import { disableBuiltinSync, sharedState } from './client.ts'

/** Which way windows follow each other, as the speaker set it in Slidev's menu. */
export { syncDirections } from '@slidev/client/state/storage.ts'

/** Ends Slidev's own sharing, in this window: of a built deck, and of the development server. */
export function disableSlidevSync(): void {
  disableBuiltinSync()
  Object.assign(sharedState, { $syncUp: false, $syncDown: false })
}
