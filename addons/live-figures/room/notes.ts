/**
 * The spoken notes of a room's build, encrypted under a key that the presenter's link alone leads to: a deck that stands
 * on any host can be handed to anybody. One text under one key is always the same file.
 */
import type { Bytes } from './keys.ts'
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'

const nonceLength = 24

/** @param key as notesKey() gives it */
export function sealNotes(notes: string, key: Bytes): Bytes {
  const text = new TextEncoder().encode(notes)
  const nonce = hmac(sha256, key, text).slice(0, nonceLength)
  const hidden = xchacha20poly1305(key, nonce).encrypt(text)
  const sealed = new Uint8Array(nonceLength + hidden.length)
  sealed.set(nonce)
  sealed.set(hidden, nonceLength)
  return sealed
}

/** The notes; undefined with another key, or when they are not what was sealed. */
export function openNotes(sealed: Bytes, key: Bytes): string | undefined {
  try {
    return new TextDecoder().decode(xchacha20poly1305(key, sealed.slice(0, nonceLength)).decrypt(sealed.slice(nonceLength)))
  }
  catch {
    return undefined
  }
}
