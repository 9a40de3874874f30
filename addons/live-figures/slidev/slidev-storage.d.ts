/** The part of Slidev's stored preferences that the addon reads; no public way leads to it. */
import type { Ref } from 'vue'

export const syncDirections: Ref<{ viewerSend: boolean, viewerReceive: boolean, presenterSend: boolean, presenterReceive: boolean }>
