/** What a stranger on the network may ask of the development server, and who is one. */
import type { Asking } from '../../scripts/lib/guard.ts'
import type { Envelope } from '../../composables/talk.ts'
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { isOpen, passedOn, standingOf, withoutNotes } from '../../scripts/lib/guard.ts'

const asking = (remoteAddress: string, headers: Asking['headers'] = {}): Asking => ({ headers: { host: 'localhost:3030', ...headers }, socket: { remoteAddress } })
const token = createHash('sha256').update('structure-is-a-loan:secret').digest('hex')

describe('who asks', () => {
  it.each(['127.0.0.1', '::1', '::ffff:127.0.0.1'])('is this machine from %s', (address) => {
    expect(standingOf(asking(address), undefined)).toBe('here')
  })

  it.each<[string, Asking]>([
    ['another machine', asking('192.168.1.7', { host: '192.168.1.5:3030' })],
    ['another machine that says it is this one', asking('192.168.1.7')],
    ['a name that leads here (DNS rebinding)', asking('127.0.0.1', { host: 'evil.example:3030' })],
    ['the other side of a tunnel', asking('127.0.0.1', { 'x-forwarded-for': '203.0.113.9' })],
    ['a page of another site in the speaker’s browser', asking('127.0.0.1', { origin: 'https://evil.example' })],
    ['an image on such a page', asking('127.0.0.1', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' })],
    ['a wrong token', asking('192.168.1.7', { cookie: 'structure-is-a-loan=no' })],
  ])('is a stranger when it is %s', (_, request) => {
    expect(standingOf(request, 'secret')).toBe('stranger')
  })

  it('is trusted with the password, and nobody is where there is none', () => {
    const phone = asking('192.168.1.7', { host: '192.168.1.5:3030', cookie: `other=1; structure-is-a-loan=${token}` })
    expect(standingOf(phone, 'secret')).toBe('trusted')
    expect(standingOf(phone, 'another')).toBe('stranger')
    expect(standingOf(phone, undefined)).toBe('stranger')
  })
})

describe('a stranger', () => {
  it.each(['/', '/loss', '/12', '/components/ScalingCurve.vue', '/@slidev/configs', '/@vite/client', '/node_modules/vue/dist/vue.js', '/slides.md__slidev_3.md', '/__uno.css'])('gets %s, to see the slides', (path) => {
    expect(isOpen(path)).toBe(true)
  })

  it.each([
    '/presenter/1', '/presenter', '/notes', '/notes/1-premise.md', '/overview', '/entry', '/print',
    '/__open-in-editor', '/__mcp', '/__slidev/slides/3.json', '/__inspect/', '/package.json', '/slides.md', '/.git/config', '/.env',
    '/scripts/run.mjs', '/tests/unit/guard.test.ts', '/@fs/etc/passwd', '/@fs/home/speaker/talk/package.json', '/@id//home/speaker/talk/package.json',
    '/components/../package.json', '/components/%2e%2e/package.json', '/node_modules/%2e%2e/.git/config', '/node_modules/..%5c.git', '/%',
  ])('does not get %s', (path) => {
    expect(isOpen(path)).toBe(false)
  })

  it('finds the slides without the spoken notes', () => {
    const code = `...(${JSON.stringify({ title: 'A', note: 'say "this"\\', noteHTML: '<p>say \\"this\\"</p>', end: 1 })})`
    expect(withoutNotes(code)).toBe('...({"title":"A","note": "","noteHTML": "","end":1})')
  })

  it('may ask where the talk is, and say nothing', () => {
    const act: Envelope = { from: 'x', role: 'presenter', turn: 7, acts: [{ subject: 'place', value: { page: 1 }, turn: 7, by: 'x' }] }
    expect(passedOn(act, 'stranger')).toBeUndefined()
    expect(passedOn({ ...act, hello: true, turn: 1e300 }, 'stranger')).toEqual({ from: 'x', role: 'viewer', turn: 0, hello: true })
  })
})

describe('what windows tell each other', () => {
  const act = (role: Envelope['role']): Envelope => ({ from: 'x', role, turn: 1, acts: [] })

  it('is passed on from presenters, and from viewers of this machine alone', () => {
    expect(passedOn(act('presenter'), 'here')).toBeDefined()
    expect(passedOn(act('presenter'), 'trusted')).toBeDefined()
    expect(passedOn(act('viewer'), 'here')).toBeDefined()
    expect(passedOn(act('viewer'), 'trusted')).toBeUndefined()
  })
})
