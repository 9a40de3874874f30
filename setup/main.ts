import { presenterLayout } from '@slidev/client/state/storage.ts'
import { defineAppSetup } from '@slidev/types'
import { followFirst } from '../composables/late-window.ts'
import { startSharing } from '../composables/shared.ts'

export default defineAppSetup(({ router }) => {
  followFirst(router)
  startSharing(location.pathname)
  // The script is what the speaker reads: at the first visit it gets half the screen, later what the speaker chose.
  const visited = 'structure-is-a-loan:visited'
  if (localStorage.getItem(visited) === null) {
    localStorage.setItem(visited, 'yes')
    presenterLayout.value = 2
  }
})
