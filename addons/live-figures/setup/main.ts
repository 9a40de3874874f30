import { defineAppSetup } from '@slidev/types'
import { keepAddress } from '../figure/address.ts'
import { deckName } from '../slidev/deck.ts'
import { shareKeys } from '../slidev/keys.ts'
import { acceptNoWakeLock } from '../slidev/wake-lock.ts'
import { keepClock } from '../sync/clock.ts'

export default defineAppSetup(({ router }) => {
  acceptNoWakeLock()
  keepAddress(router)
  // Before windows announce anything (root.ts).
  keepClock(deckName('clock'))
  shareKeys()
})
