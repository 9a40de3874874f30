/**
 * A sealed message: 64 bytes of signature, and the text it signs. Whoever carries it can withhold or delay it, and
 * nothing else. What costs nothing is asked first: size, the beginning of the text, which names room, sender and count;
 * then how many signatures this connection may have verified; then the signature, the table of what may be said.
 */
import type { Envelope } from '../sync/session.ts'
import type { Bytes } from './keys.ts'
import { sign, signatureLength, verify } from './keys.ts'
import { readEnvelope } from './table.ts'

/** act: what was done just now; state: all that was done, for who comes later. */
export type Kind = 'act' | 'state'

export interface Message {
  /** Name of the room. */
  room: string
  /** The window that says it. */
  from: string
  /** Its count, one higher with each message of that window. */
  n: number
  /** When it was said, in milliseconds since 1970. */
  at: number
  kind: Kind
  envelope: Envelope
}

/** Bytes of a message at most. */
export const largest = 64 * 1024

/** A message said longer ago, or so far in the future, is of another talk, in milliseconds. */
export const longestAgo = 12 * 60 * 60 * 1000

/** Signatures that one connection has verified at once, and in each second after: a pointer's ten acts a second are far below. */
export const verifiedAtOnce = 60
export const verifiedASecond = 40

/** Windows of presenters that are remembered. */
const mostSenders = 100

export type Refusal = 'size' | 'form' | 'room' | 'date' | 'old' | 'flood' | 'signature' | 'table'

export type Opened = Message | { refused: Refusal }

/** What one connection remembers of what came through it. */
export interface Gate {
  readonly room: string
  readonly key: Bytes
  /** The last count of each sender, of acts and of states. Connections of one relay share it. */
  readonly seen: Map<string, { act: number, state: number }>
  /** Signatures that may still be verified, and when that was. */
  readonly budget: { left: number, at: number }
  /** Signatures verified so far. */
  verified: number
}

/**
 * @param room name of the room
 * @param key its public key, 32 bytes
 * @param seen of another gate of the room, to know what that one knows
 */
export function createGate(room: string, key: Bytes, seen: Gate['seen'] = new Map()): Gate {
  return { room, key, seen, budget: { left: verifiedAtOnce, at: 0 }, verified: 0 }
}

/** @throws RangeError when the message is too large */
export function seal({ room, from, n, at, kind, envelope }: Message, seed: Bytes): Bytes {
  // In this order, which the beginning is read by.
  const text = new TextEncoder().encode(JSON.stringify({ v: 1, room, from, n, at, kind, envelope }))
  if (signatureLength + text.length > largest)
    throw new RangeError(`A message of a room has ${largest} bytes at most; got ${signatureLength + text.length}.`)
  const sealed = new Uint8Array(signatureLength + text.length)
  sealed.set(sign(text, seed))
  sealed.set(text, signatureLength)
  return sealed
}

const beginning = /^\{"v":1,"room":"([a-z0-9-]{8,40})","from":"([a-z0-9]{1,40})","n":(\d{1,15}),"at":(\d{1,15}),"kind":"(act|state)","envelope":\{/
const longestBeginning = 200

/**
 * Opens a message; never throws, and changes the gate only for the presenter's own.
 * @param now milliseconds since 1970
 */
export function open(sealed: Bytes, gate: Gate, now: number): Opened {
  if (sealed.length <= signatureLength || sealed.length > largest)
    return { refused: 'size' }
  const text = sealed.subarray(signatureLength)
  const [, room, from = '', count, moment, kind] = new TextDecoder().decode(text.subarray(0, longestBeginning)).match(beginning) ?? []
  if (!room)
    return { refused: 'form' }
  if (room !== gate.room)
    return { refused: 'room' }
  const [n, at] = [Number(count), Number(moment)]
  if (Math.abs(now - at) > longestAgo)
    return { refused: 'date' }
  const last = gate.seen.get(from) ?? { act: -1, state: -1 }
  // A state may come after acts that were done later: it says what was before them.
  if (n <= last.state || (kind === 'act' && n <= last.act))
    return { refused: 'old' }
  if (!spend(gate.budget, now))
    return { refused: 'flood' }
  gate.verified++
  if (!verify(sealed.subarray(0, signatureLength), text, gate.key))
    return { refused: 'signature' }
  const envelope = readEnvelope(parse(text), from)
  if (!envelope)
    return { refused: 'table' }
  gate.seen.delete(from)
  gate.seen.set(from, { ...last, [kind as Kind]: n })
  if (gate.seen.size > mostSenders)
    gate.seen.delete(gate.seen.keys().next().value!)
  return { room, from, n, at, kind: kind as Kind, envelope }
}

function spend(budget: Gate['budget'], now: number): boolean {
  // A clock that was set back gives nothing.
  const since = Math.max(0, now - budget.at)
  budget.left = Math.min(verifiedAtOnce, budget.left + since / 1000 * verifiedASecond)
  budget.at = now
  if (budget.left < 1)
    return false
  budget.left--
  return true
}

function parse(text: Bytes): unknown {
  try {
    return (JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(text)) as { envelope?: unknown }).envelope
  }
  catch {
    return undefined
  }
}
