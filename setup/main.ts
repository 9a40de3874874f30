import { defineAppSetup } from '@slidev/types'
import { startSharing } from '../composables/shared.ts'

export default defineAppSetup(() => {
  startSharing(location.pathname)
})
