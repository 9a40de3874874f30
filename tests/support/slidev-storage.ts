/** A double of Slidev's stored preferences. */
import { ref } from 'vue'

export const syncDirections = ref({ viewerSend: true, viewerReceive: true, presenterSend: true, presenterReceive: true })
