/**
 * What may be said in a room: a typed table of keys and values. What a figure's own state may be is held against the
 * figure's table where it is shown (figure/fields.ts); here it is plain data of bounded size.
 */
import type { Change } from '../sync/changes.ts'
import type { Envelope } from '../sync/session.ts'

type Holds = (value: unknown) => boolean

/** Changes of one message: places of all slides, their figures, and a few. */
const mostChanges = 1000

const isWhole: Holds = value => Number.isSafeInteger(value) && (value as number) >= 0
const isPage: Holds = value => isWhole(value) && (value as number) >= 1 && (value as number) <= 9999
const isClick: Holds = value => isWhole(value) && (value as number) <= 9999
const isMoment: Holds = value => typeof value === 'number' && Number.isFinite(value) && value >= 0 && value <= 1e14
const isPercent: Holds = value => typeof value === 'number' && value >= -1000 && value <= 1000

/** A key, or how one begins, and the values it may have. */
const table: readonly (readonly [RegExp, Holds])[] = [
  [/^place$/, value => hasOnly(value, { page: isPage, clicks: isClick, clicksTotal: isClick })],
  [/^click:[1-9]\d{0,3}$/, value => hasOnly(value, { clicks: isClick, since: isWhole })],
  [/^blank$/, value => typeof value === 'boolean'],
  [/^timer$/, value => hasOnly(value, { status: isOneOf('stopped', 'running', 'paused'), slides: value => isPlain(value, 2), startedAt: isMoment, pausedAt: isMoment })],
  [/^cursor$/, value => value === null || hasOnly(value, { x: isPercent, y: isPercent, style: value => value === undefined || isOneOf('cursor', 'laser')(value) })],
  [/^figure:[\w-]{1,60}$/, value => hasOnly(value, { page: isPage, step: isClick, inputs: value => isObject(value) && isPlain(value, 3) })],
]

/** What a presenter said, made anew from what the table knows; undefined if any of it does not fit. */
export function readEnvelope(said: unknown, from: string): Envelope | undefined {
  if (!isObject(said) || said.from !== from || said.role !== 'presenter' || !isWhole(said.tick) || !Array.isArray(said.changes) || said.changes.length > mostChanges)
    return undefined
  const changes = (said.changes as unknown[]).map(change => readChange(change, said.tick as number))
  if (changes.includes(undefined))
    return undefined
  return { from, role: 'presenter', tick: said.tick as number, ...said.answer === true && { answer: true }, changes: changes as Change[] }
}

function readChange(said: unknown, highest: number): Change | undefined {
  if (!isObject(said))
    return undefined
  const { key, value, tick, by } = said
  if (typeof key !== 'string' || typeof by !== 'string' || !/^[a-z0-9]{1,40}$/.test(by) || !isWhole(tick) || (tick as number) > highest)
    return undefined
  return table.some(([keys, holds]) => keys.test(key) && holds(value)) ? { key, value, tick: tick as number, by } : undefined
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function hasOnly(value: unknown, fields: Record<string, Holds>): boolean {
  return isObject(value) && Object.keys(value).every(key => Object.hasOwn(fields, key)) && Object.entries(fields).every(([key, holds]) => holds(value[key]))
}

const isOneOf = (...values: string[]): Holds => value => values.includes(value as string)

/** Plain data of so many levels, no long texts, no long lists. */
function isPlain(value: unknown, levels: number): boolean {
  if (value === null || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value)))
    return true
  if (typeof value === 'string')
    return value.length <= 2000
  if (typeof value !== 'object' || levels === 0)
    return false
  const entries = Object.entries(value)
  return entries.length <= 100 && entries.every(([key, inner]) => key !== '__proto__' && key.length <= 60 && isPlain(inner, levels - 1))
}
