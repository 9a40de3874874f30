/** The part of Slidev's stored preferences that this deck sets; no public way leads to it. */
import type { Ref } from 'vue'

export const syncDirections: Ref<{ viewerSend: boolean, viewerReceive: boolean, presenterSend: boolean, presenterReceive: boolean }>
