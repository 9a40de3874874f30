/** What an unauthorised client on the network may ask of the development server and hears from it, and who is one. */
import type { Asking } from '../../setup/vite/guard.ts'
import type { Envelope } from '#live-figures/server'
import { describe, expect, it } from 'vitest'
import { windowEvent } from '#live-figures/server'
import { isOpen, passedOn, sentTo, standingOf, withoutNotes } from '../../setup/vite/guard.ts'
import { countTries, mostTries } from '../../setup/vite/password.ts'

const asking = (remoteAddress: string, headers: Asking['headers'] = {}): Asking => ({ headers: { host: 'localhost:3030', ...headers }, socket: { remoteAddress } })
const token = 'given-to-who-had-the-password'

describe('who asks', () => {
  it.each(['127.0.0.1', '::1', '::ffff:127.0.0.1'])('is this machine from %s', (address) => {
    expect(standingOf(asking(address), undefined)).toBe('local')
  })

  it.each<[string, Asking]>([
    ['another machine', asking('192.168.1.7', { host: '192.168.1.5:3030' })],
    ['another machine that says it is this one', asking('192.168.1.7')],
    ['a name that leads here (DNS rebinding)', asking('127.0.0.1', { host: 'evil.example:3030' })],
    ['the other side of a tunnel', asking('127.0.0.1', { 'x-forwarded-for': '203.0.113.9' })],
    ['a page of another site in the speaker’s browser', asking('127.0.0.1', { origin: 'https://evil.example' })],
    ['an image on such a page', asking('127.0.0.1', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' })],
    ['a wrong token', asking('192.168.1.7', { cookie: 'structure-is-a-loan=no' })],
  ])('is unauthorised when it is %s', (_, request) => {
    expect(standingOf(request, token)).toBe('unauthorised')
  })

  it('is authorised with the token of the password, and nobody is where there is none', () => {
    const phone = asking('192.168.1.7', { host: '192.168.1.5:3030', cookie: `other=1; structure-is-a-loan=${token}` })
    expect(standingOf(phone, token)).toBe('authorised')
    expect(standingOf(phone, 'another')).toBe('unauthorised')
    expect(standingOf(phone, undefined)).toBe('unauthorised')
  })
})

describe('an unauthorised client', () => {
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
    const change: Envelope = { from: 'x', role: 'presenter', tick: 7, changes: [{ key: 'place', value: { page: 1 }, tick: 7, by: 'x' }] }
    expect(passedOn(change, 'unauthorised')).toBeUndefined()
    expect(passedOn({ ...change, hello: true, tick: 1e300 }, 'unauthorised')).toEqual({ from: 'x', role: 'viewer', tick: 0, hello: true })
  })
})

describe('what the server sends by itself', () => {
  it.each<[string, object]>([
    ['an edited note', { type: 'custom', event: 'slidev:update-note', data: { no: 3, note: 'the words' } }],
    ['an edited slide, with its note', { type: 'custom', event: 'slidev:update-slide', data: { no: 3, data: { note: 'the words' } } }],
    ['the state of Slidev', { type: 'custom', event: 'vue-server-ref', data: { key: 'nav' } }],
    ['an error, with its paths and lines', { type: 'error', err: { message: 'the words', stack: '/home/speaker' } }],
    ['a new kind of message', { type: 'news', data: 'the words' }],
  ])('leaves out %s', (_, message) => {
    expect(sentTo(JSON.stringify(message))).toBeUndefined()
  })

  it.each<[string, object]>([
    ['that it is there', { type: 'connected' }],
    ['which modules of slides have changed', { type: 'update', updates: [{ type: 'js-update', path: '/slides.md__slidev_3.md' }] }],
    ['what presenters announce', { type: 'custom', event: windowEvent, data: { from: 'x' } }],
  ])('says %s', (_, message) => {
    expect(JSON.parse(sentTo(JSON.stringify(message))!)).toEqual(message)
  })

  it('says that the page is to be loaded again, not because of which file', () => {
    expect(sentTo(JSON.stringify({ type: 'full-reload', path: '*', triggeredBy: '/home/speaker/notes/act-1.md' }))).toBe('{"type":"full-reload","path":"*"}')
  })
})

it('a password may be tried ten times a minute from one address, whatever others try', () => {
  let now = 0
  const tries = countTries(() => now)
  for (let failure = 0; failure < mostTries; failure++) {
    expect(tries.mayTry('192.168.1.7')).toBe(true)
    tries.failed('192.168.1.7')
    now += 1000
  }
  expect(mostTries).toBe(10)
  expect(tries.mayTry('192.168.1.7')).toBe(false)
  expect(tries.mayTry('192.168.1.8')).toBe(true)
  now = 59_999
  expect(tries.mayTry('192.168.1.7')).toBe(false)
  now = 60_000
  expect(tries.mayTry('192.168.1.7')).toBe(true)
})

describe('what windows announce', () => {
  const change = (role: Envelope['role']): Envelope => ({ from: 'x', role, tick: 1, changes: [] })

  it('is passed on from presenters, and from viewers of this machine alone', () => {
    expect(passedOn(change('presenter'), 'local')).toBeDefined()
    expect(passedOn(change('presenter'), 'authorised')).toBeDefined()
    expect(passedOn(change('viewer'), 'local')).toBeDefined()
    expect(passedOn(change('viewer'), 'authorised')).toBeUndefined()
  })
})
