/** The password of a deck that is open to its network: asked for, tried, and kept in the browser as a token. */
import type { ServerResponse } from 'node:http'
import { createHash, timingSafeEqual } from 'node:crypto'

const cookie = 'structure-is-a-loan'

/** Wrong passwords that one address may try in a minute. */
export const mostTries = 10

export interface Tries {
  mayTry: (address: string) => boolean
  failed: (address: string) => void
}

/** Counts wrong passwords. Beyond the limit the right one is refused too, or guessing would go on. */
export function countTries(now: () => number = Date.now): Tries {
  const failures: { address: string, at: number }[] = []
  return {
    mayTry(address) {
      while (failures[0] && now() - failures[0].at >= 60_000)
        failures.shift()
      return failures.filter(failure => failure.address === address).length < mostTries
    },
    failed: address => void failures.push({ address, at: now() }),
  }
}

/** Whether the cookies of a request hold the token. */
export function hasToken(cookies: string | undefined, token: string): boolean {
  const kept = cookies?.split(/;\s*/).find(part => part.startsWith(`${cookie}=`))?.slice(cookie.length + 1)
  return kept !== undefined && same(kept, token)
}

/**
 * Answers a password.
 * @param tried the password, the address it comes from, and where who has the right one goes
 */
export function logIn({ given, from, then }: { given: string, from: string, then: string }, response: ServerResponse, { password, token, tries }: { password: string, token: string, tries: Tries }): void {
  if (!tries.mayTry(from))
    return askPassword(response, `${mostTries} wrong passwords came from this address. Wait a minute; until then the right one is refused too.`, 429)
  if (!same(given, password)) {
    tries.failed(from)
    return askPassword(response, 'That is not the password.')
  }
  response.writeHead(302, { 'Location': then, 'Set-Cookie': `${cookie}=${token}; HttpOnly; SameSite=Lax; Path=/` }).end()
}

/** A page that asks for the password. */
export function askPassword(response: ServerResponse, complaint: string, status = 401): void {
  response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8' }).end(`<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Password</title>
<body style="font: 18px system-ui; max-width: 24em; margin: 4em auto; padding: 0 1em">
<form><p>${complaint} This page is the speaker’s.</p>
<p><label>Password <input name="password" type="password" autofocus autocomplete="off"></label> <button>Open</button></p></form>
<p><a href="/">The slides</a></p>`)
}

function same(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}
