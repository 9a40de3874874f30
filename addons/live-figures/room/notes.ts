/**
 * The spoken notes of a room's build, encrypted under a key that the presenter's link alone leads to: a deck that stands
 * on any host can be handed to anybody. The same notes under one key are always the same file.
 */
import type { Bytes } from './keys.ts'
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'

const nonceLength = 24

/** @param key as notesKey() gives it */
export function sealNotes(notes: Uint8Array, key: Bytes): Bytes {
  const nonce = hmac(sha256, key, notes).slice(0, nonceLength)
  const hidden = xchacha20poly1305(key, nonce).encrypt(notes)
  const sealed = new Uint8Array(nonceLength + hidden.length)
  sealed.set(nonce)
  sealed.set(hidden, nonceLength)
  return sealed
}

/** The notes; undefined with another key, or when they are not what was sealed. */
export function openNotes(sealed: Bytes, key: Bytes): Bytes | undefined {
  try {
    return new Uint8Array(xchacha20poly1305(key, sealed.slice(0, nonceLength)).decrypt(sealed.slice(nonceLength)))
  }
  catch {
    return undefined
  }
}
