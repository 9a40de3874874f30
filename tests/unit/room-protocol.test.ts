/** What is said in a room: what is let in, what is not, and what it costs. */
import type { Bytes, Envelope, Message } from '#live-figures/room'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createGate, engineCredential, fromText, largest, makeKeys, notesKey, open, openNotes, publicKeyOf, readRoom, seal, sealNotes, toText } from '#live-figures/room'

const seed = Uint8Array.from({ length: 32 }, (_, index) => index + 1)
const key = publicKeyOf(seed)
const stranger = new Uint8Array(32).fill(7)
const now = 1_800_000_000_000
const room = 'loan-room'

const envelopeOf = (page: number, from = 'speaker'): Envelope => ({
  from, role: 'presenter', tick: page, changes: [{ key: 'place', value: { page, clicks: 0, clicksTotal: 3 }, tick: page, by: from }],
})
const messageOf = (n: number, more: Partial<Message> = {}): Message => ({ room, from: 'speaker', n, at: now, kind: 'act', envelope: envelopeOf(n + 1), ...more })
const gate = () => createGate(room, key)
const saying = (changes: unknown[]) => seal({ ...messageOf(1), envelope: { from: 'speaker', role: 'presenter', tick: 100, changes } as Envelope }, seed)

describe('A message', () => {
  test('of the presenter is opened as it was sealed', () => {
    const places = fc.record({ page: fc.integer({ min: 1, max: 9999 }), clicks: fc.nat(9999), clicksTotal: fc.nat(9999) })
    const inputs = fc.dictionary(fc.stringMatching(/^[a-z]\w{0,20}$/), fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.string({ maxLength: 40 }), fc.constant(null), fc.record({ playing: fc.boolean(), round: fc.nat() })), { maxKeys: 6 })
    const changes = fc.array(fc.oneof(
      places.map(value => ({ key: 'place', value })),
      fc.record({ clicks: fc.nat(99), since: fc.nat() }).map(value => ({ key: `click:${value.clicks + 1}`, value })),
      fc.boolean().map(value => ({ key: 'blank', value })),
      fc.oneof(fc.constant(null), fc.record({ x: fc.double({ min: 0, max: 100, noNaN: true }), y: fc.integer({ min: 0, max: 100 }) })).map(value => ({ key: 'cursor', value })),
      fc.record({ page: fc.constant(3), step: fc.nat(9), inputs }).map(value => ({ key: 'figure:race', value })),
    ), { maxLength: 8 })
    fc.assert(fc.property(changes, fc.nat(), fc.constantFrom('act' as const, 'state' as const), (said, n, kind) => {
      // As JSON has it: minus zero and dictionaries without a prototype come back as their plain selves.
      const message = JSON.parse(JSON.stringify(messageOf(n, { kind, envelope: { from: 'speaker', role: 'presenter', tick: 5, changes: said.map(change => ({ ...change, tick: 5, by: 'speaker' })) } }))) as Message
      expect(open(seal(message, seed), gate(), now)).toEqual(message)
    }), { numRuns: 100 })
  })

  test('is not opened when any one bit of it is another', () => {
    const sealed = seal(messageOf(1), seed)
    fc.assert(fc.property(fc.nat(sealed.length - 1), fc.nat(7), (at, bit) => {
      const other = sealed.slice()
      other[at]! ^= 1 << bit
      expect(open(other, gate(), now)).toHaveProperty('refused')
    }), { numRuns: 300 })
  })

  test('counts once, and none before it counts any more', () => {
    const here = gate()
    const [first, second, third] = [1, 2, 3].map(n => seal(messageOf(n), seed)) as [Bytes, Bytes, Bytes]
    expect(open(first, here, now)).toHaveProperty('n', 1)
    expect(open(third, here, now)).toHaveProperty('n', 3)
    expect(open(second, here, now)).toEqual({ refused: 'old' })
    expect(open(third, here, now)).toEqual({ refused: 'old' })
    expect(here.verified).toBe(2)
  })

  test('of state may come after acts that were done later, once, and ends what was before it', () => {
    const here = gate()
    expect(open(seal(messageOf(6), seed), here, now)).toHaveProperty('n', 6)
    const state = seal(messageOf(5, { kind: 'state' }), seed)
    expect(open(state, here, now)).toHaveProperty('kind', 'state')
    expect(open(state, here, now)).toEqual({ refused: 'old' })
    const late = gate()
    open(state, late, now)
    expect(open(seal(messageOf(4), seed), late, now)).toEqual({ refused: 'old' })
    expect(open(seal(messageOf(7), seed), late, now)).toHaveProperty('n', 7)
  })

  test('of another room, another day or another key is refused', () => {
    expect(open(seal(messageOf(1, { room: 'other-room' }), seed), gate(), now)).toEqual({ refused: 'room' })
    expect(open(seal(messageOf(1, { at: now - 13 * 3600_000 }), seed), gate(), now)).toEqual({ refused: 'date' })
    expect(open(seal(messageOf(1, { at: now + 13 * 3600_000 }), seed), gate(), now)).toEqual({ refused: 'date' })
    expect(open(seal(messageOf(1), stranger), gate(), now)).toEqual({ refused: 'signature' })
  })

  test('that does not fit the table is refused whole, whoever signed it', () => {
    const good = { key: 'blank', value: true, tick: 1, by: 'speaker' }
    expect(open(saying([good]), gate(), now)).toHaveProperty('envelope.changes.length', 1)
    for (const bad of [
      { ...good, key: 'notes' }, { ...good, value: 'yes' }, { ...good, tick: 101 }, { ...good, tick: 1.5 }, { ...good, by: '<b>' }, null, 7,
      { ...good, key: 'place', value: { page: 0, clicks: 0, clicksTotal: 0 } },
      { ...good, key: 'place', value: { page: 1, clicks: 0, clicksTotal: 0, more: 1 } },
      { ...good, key: 'click:0', value: { clicks: 0, since: 0 } },
      { ...good, key: 'timer', value: { status: 'gone', slides: {}, startedAt: 0, pausedAt: 0 } },
      { ...good, key: 'cursor', value: { x: 1e9, y: 0 } },
      { ...good, key: 'figure:race', value: { page: 1, step: 0, inputs: { text: 'a'.repeat(2001) } } },
      { ...good, key: 'figure:race', value: { page: 1, step: 0, inputs: { a: { b: { c: { d: 1 } } } } } },
      { ...good, key: 'figure:race', value: { page: 1, step: 0, inputs: JSON.parse('{"__proto__":{"a":1}}') as object } },
    ])
      expect(open(saying([good, bad]), gate(), now), JSON.stringify(bad)).toEqual({ refused: 'table' })
  })

  test('has a size, which who seals it is told', () => {
    const changes = Array.from({ length: 60 }, (_, index) => ({ key: `figure:f${index}`, value: { page: 1, step: 0, inputs: { text: 'a'.repeat(1500) } }, tick: 1, by: 'speaker' }))
    expect(() => saying(changes)).toThrow(/65536 bytes at most; got \d+/)
    expect(open(new Uint8Array(largest + 1), gate(), now)).toEqual({ refused: 'size' })
  })
})

test('10,000 forged, replayed, reordered, cut, swollen and flooding messages change nothing and cost few verifications', () => {
  const here = gate()
  const said = [1, 2, 3].map(n => seal(messageOf(n), seed))
  said.forEach(sealed => open(sealed, here, now))
  const seen = JSON.stringify([...here.seen])
  const next = seal(messageOf(4), seed)
  const forged = seal(messageOf(5), stranger)
  const bytes = fc.uint8Array({ maxLength: 400 }).map(array => Uint8Array.from(array))
  const hostile: fc.Arbitrary<Bytes> = fc.oneof(
    bytes,
    fc.constantFrom(...said),
    fc.constant(forged),
    fc.nat(next.length - 1).map(length => next.slice(0, length)),
    fc.tuple(fc.nat(next.length - 1), fc.integer({ min: 1, max: 255 })).map(([at, by]) => next.map((byte, index) => index === at ? byte ^ by : byte)),
    fc.nat(200).map(more => new Uint8Array(largest + 1 + more)),
    // The sender's text under a signature of its own making, and the signature of another text.
    bytes.map(array => Uint8Array.from([...next.slice(0, 64), ...array])),
    fc.constant(Uint8Array.from([...said[0]!.slice(0, 64), ...next.slice(64)])),
    fc.nat(1000).map(n => seal(messageOf(n, { room: 'other-room' }), stranger)),
  )
  let [moment, refused] = [now, 0]
  const before = here.verified
  for (const sealed of fc.sample(hostile, { numRuns: 10_000, seed: 16 })) {
    // A thousand a second.
    moment++
    const opened = open(sealed, here, moment)
    expect(opened).toHaveProperty('refused')
    refused++
  }
  expect(refused).toBe(10_000)
  expect(JSON.stringify([...here.seen])).toBe(seen)
  // What was left at once, and forty in each of the ten seconds.
  expect(here.verified - before).toBeLessThanOrEqual(60 + 400)
  expect(here.verified - before).toBeGreaterThan(100)
  expect(open(next, here, moment + 1000)).toHaveProperty('n', 4)
}, 120_000)

describe('A key', () => {
  test('stands in a text in one way', () => {
    fc.assert(fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
      expect(fromText(toText(bytes))).toEqual(Uint8Array.from(bytes))
    }))
    expect(fromText('A'.repeat(42) + 'B')).toBeUndefined()
    expect(fromText('A'.repeat(42))).toBeUndefined()
  })

  test('is made with its seed', () => {
    const made = makeKeys()
    expect(toText(publicKeyOf(fromText(made.seed)!))).toBe(made.key)
    expect(makeKeys().seed).not.toBe(made.seed)
  })

  test('signs as RFC 8032 has it (its first test)', () => {
    const bytes = (hex: string) => Uint8Array.from(hex.match(/../g)!, byte => Number.parseInt(byte, 16))
    expect(publicKeyOf(bytes('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60'))).toEqual(bytes('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a'))
  })

  test('is known to the engine by another one of its own', () => {
    const { user, sign } = engineCredential(seed)
    expect(user).toMatch(/^U[A-Z2-7]{55}$/)
    expect(sign('a challenge')).toHaveLength(86)
    expect(engineCredential(stranger).user).not.toBe(user)
  })
})

test('Notes are opened by the presenter’s key and by no other, and one text is one file', () => {
  const notes = new TextEncoder().encode('What is spoken, “here”.')
  const sealed = sealNotes(notes, notesKey(seed))
  expect(openNotes(sealed, notesKey(seed))).toEqual(notes)
  expect(openNotes(sealed, notesKey(stranger))).toBeUndefined()
  expect(openNotes(sealed.map((byte, index) => index === 30 ? byte ^ 1 : byte), notesKey(seed))).toBeUndefined()
  expect(openNotes(new Uint8Array(3), notesKey(seed))).toBeUndefined()
  expect(sealNotes(notes, notesKey(seed))).toEqual(sealed)
  expect(new TextDecoder().decode(sealed)).not.toContain('spoken')
})

test('The settings of a room are held to what they may be', () => {
  const good = { transport: 'nats', server: 'wss://nats.example.org', name: room, key: toText(key) }
  expect(readRoom(JSON.stringify(good))).toEqual(good)
  expect(readRoom(undefined)).toBeUndefined()
  for (const [bad, complaint] of [
    [{ transport: 'mqtt' }, 'mqtt'], [{ name: 'Room' }, 'Room'], [{ key: 'short' }, 'short'], [{ server: 'https://nats.example.org' }, 'https'],
    [{ server: 'wss://nats.example.org; script-src *' }, 'script-src'], [{ transport: 'relay' }, 'nats.example.org'],
  ] as const)
    expect(() => readRoom(JSON.stringify({ ...good, ...bad }))).toThrow(complaint)
})
