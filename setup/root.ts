import { defineRootSetup } from '@slidev/types'
import { useTalk } from '../composables/follow.ts'

export default defineRootSetup(useTalk)
