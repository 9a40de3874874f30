/**
 * A black screen, so that the room looks at the speaker. All windows of the talk have it together; the presenter's says
 * so. A clicker's black button sends `b` or a full stop. Turning a page brings the slides back (composables/place.ts).
 */
import type { Ref } from 'vue'
import type { Talk } from './talk.ts'
import { ref } from 'vue'
import { talk } from './talk.ts'

export interface BlankScreen {
  readonly blank: Readonly<Ref<boolean>>
  /** Changes it for all windows of the talk, if this one may lead. */
  setBlank: (wanted: boolean) => void
}

export function shareBlank(talk: Talk): BlankScreen {
  const blank = ref(false)
  const read = () => (blank.value = talk.last('blank')?.value === true)

  talk.listen({
    onChange(subject) {
      if (subject === 'blank')
        read()
    },
  })

  return {
    blank,
    setBlank(wanted) {
      if (wanted !== blank.value)
        talk.act('blank', wanted)
    },
  }
}

/** The screen of this window. */
export const { blank, setBlank } = shareBlank(talk)
