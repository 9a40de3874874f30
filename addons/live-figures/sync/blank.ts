/**
 * A black screen, so that the room looks at the speaker. All windows of the talk have it together; the presenter's says
 * so. A clicker's black button sends `b` or a full stop. Turning a page brings the slides back (place.ts).
 */
import type { Ref } from 'vue'
import type { Session } from './session.ts'
import { ref } from 'vue'
import { session } from './session.ts'

export interface BlankScreen {
  readonly blank: Readonly<Ref<boolean>>
  /** Changes it for all windows of the talk, if this one may lead. */
  setBlank: (wanted: boolean) => void
}

export function shareBlank(session: Session): BlankScreen {
  const blank = ref(false)
  const read = () => (blank.value = session.last('blank')?.value === true)

  session.listen({
    onUpdate(key) {
      if (key === 'blank')
        read()
    },
  })

  return {
    blank,
    setBlank(wanted) {
      if (wanted !== blank.value)
        session.set('blank', wanted)
    },
  }
}

/** The screen of this window. */
export const { blank, setBlank } = shareBlank(session)
