/** The presenter view. */
import { recall, remember } from '../sync/storage.ts'
import { notesHeightKey } from './names.ts'

/**
 * How high the notes are in the presenter view until the speaker drags their edge.
 * @param height in CSS pixels
 */
export function suggestNotesHeight(height: number): void {
  if (recall(notesHeightKey) === undefined)
    remember(notesHeightKey, String(Math.round(height)))
}
