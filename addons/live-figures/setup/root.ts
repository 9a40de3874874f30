import { defineRootSetup } from '@slidev/types'
import { syncWindows } from '../slidev/windows.ts'

export default defineRootSetup(syncWindows)
