/**
 * The keys of a room: all of them come from one seed of 32 bytes, which the presenter's link holds. Who has the public key
 * can tell what the presenter said; who has the seed can say it.
 *
 * One library everywhere: WebCrypto is missing where a page is no secure context, as on a local network without
 * certificates, and signs in one turn nowhere.
 */
import { getPublicKey, hashes, sign as signBytes, verify as verifyBytes } from '@noble/ed25519'
import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256, sha512 } from '@noble/hashes/sha2.js'

hashes.sha512 = sha512

export type Bytes = Uint8Array<ArrayBuffer>

/** Both as base64url of 32 bytes, 43 characters. */
export interface RoomKeys {
  /** Secret: in the fragment of the presenter's link and nowhere else. */
  seed: string
  /** Public: in the build. */
  key: string
}

/** Bytes of a signature. */
export const signatureLength = 64

export function makeKeys(): RoomKeys {
  const seed = crypto.getRandomValues(new Uint8Array(32))
  return { seed: toText(seed), key: toText(publicKeyOf(seed)) }
}

/** The public key of a seed, 32 bytes. */
export const publicKeyOf = (seed: Bytes): Bytes => new Uint8Array(getPublicKey(seed))

/** Signs with a seed: 64 bytes. */
export const sign = (message: Bytes, seed: Bytes): Bytes => new Uint8Array(signBytes(message, seed))

/** Whether the owner of a public key signed that; nonsense was signed by nobody. */
export function verify(signature: Bytes, message: Bytes, key: Bytes): boolean {
  try {
    return verifyBytes(signature, message, key, { zip215: false })
  }
  catch {
    return false
  }
}

/** What the notes of a room's build are encrypted under, 32 bytes (notes.ts). */
export const notesKey = (seed: Bytes): Bytes => derive(seed, 'notes')

/** With what a presenter's window shows an engine that it may publish: NATS knows it as an NKey. */
export interface EngineCredential {
  /** The public half, as the engine's configuration has it: `U…`. */
  user: string
  /** The engine's challenge, signed, in base64url. */
  sign: (challenge: string) => string
}

/** A pair of its own, so that no challenge of an engine is ever a message of the room. */
export function engineCredential(seed: Bytes): EngineCredential {
  const own = derive(seed, 'engine')
  return {
    user: nkey(publicKeyOf(own)),
    sign: challenge => toText(sign(new TextEncoder().encode(challenge), own)),
  }
}

/** Bytes as base64url, without padding. */
export function toText(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join('')).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** 32 bytes that stand in a text as base64url; undefined for anything else. */
export function fromText(text: string): Bytes | undefined {
  // 43 characters hold two bits more than 32 bytes: they are zero, or two texts would be one key.
  if (!/^[\w-]{42}[AEIMQUYcgkosw048]$/.test(text))
    return undefined
  return bytesOf(text)
}

/** What toText() wrote. */
export function bytesOf(text: string): Bytes {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), letter => letter.charCodeAt(0))
}

function derive(seed: Bytes, what: string): Bytes {
  return new Uint8Array(hkdf(sha256, seed, undefined, new TextEncoder().encode(`live-figures room ${what}`), 32))
}

/** A public key as NATS writes a user's: a byte that says so, the key, a checksum, in base 32. */
function nkey(key: Bytes): string {
  const body = [20 << 3, ...key]
  // CRC-16/XMODEM, its low byte first.
  const sum = body.reduce((crc, byte) => {
    crc ^= byte << 8
    for (let bit = 0; bit < 8; bit++)
      crc = (crc & 0x8000 ? crc << 1 ^ 0x1021 : crc << 1) & 0xFFFF
    return crc
  }, 0)
  const bits = [...body, sum & 0xFF, sum >> 8].map(byte => byte.toString(2).padStart(8, '0')).join('')
  return bits.match(/.{5}/g)!.map(five => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[Number.parseInt(five, 2)]).join('')
}
