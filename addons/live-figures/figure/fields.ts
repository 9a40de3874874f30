/**
 * The typed table of a figure's state: which values each field may have, and how one stands in an address. What comes
 * from an address or from another window is held against it; one wrong value, and the figure shows its plan.
 */
import type { RunControl } from './run.ts'

export interface Field<Value> {
  holds: (value: unknown) => boolean
  /** How the value stands in an address; undefined where it does not. */
  write: (value: Value) => string | undefined
  /** The value that stands in an address; undefined for nonsense. */
  read: (text: string) => Value | undefined
  /** One of its values for any whole number from 0: how the tests go through them. */
  nth: (index: number) => Value
}

export type Fields<State extends object> = { readonly [Key in keyof State]: Field<State[Key]> }

/** A number of a slider: an address carries it to the slider's step. */
export function number({ min, max, step }: { min: number, max: number, step: number }): Field<number> {
  const decimals = (String(step).split('.')[1] ?? '').length
  const onStep = (value: number) => Number((min + Math.round((value - min) / step) * step).toFixed(decimals))
  const holds = (value: unknown) => typeof value === 'number' && value >= min && value <= max
  return {
    holds,
    write: value => holds(value) ? String(onStep(value)) : undefined,
    read(text) {
      const value = /^-?\d{1,15}(?:\.\d{1,15})?$/.test(text) ? Number(text) : Number.NaN
      return holds(value) ? onStep(value) : undefined
    },
    nth: index => onStep(min + index % (Math.floor((max - min) / step + 1e-9) + 1) * step),
  }
}

/** A whole number, both ends included. */
export function whole(min: number, max: number): Field<number> {
  const { holds, ...rest } = number({ min, max, step: 1 })
  return { holds: value => Number.isInteger(value) && holds(value), ...rest }
}

/** Yes or no. */
export const flag: Field<boolean> = {
  holds: value => typeof value === 'boolean',
  write: value => value ? '1' : '0',
  read: text => text === '1' ? true : text === '0' ? false : undefined,
  nth: index => index % 2 === 1,
}

/**
 * One of a list; null, for none of them, may be on it. In an address a name has hyphens for spaces.
 * @throws RangeError when two names look the same in an address
 */
export function choice<const Value extends string | number | null>(values: readonly Value[]): Field<Value> {
  const names = new Map<string, Value>()
  for (const value of values) {
    const name = nameOf(value)
    if (names.has(name))
      throw new RangeError(`“${String(value)}” and “${String(names.get(name))}” are both “${name}” in an address.`)
    names.set(name, value)
  }
  return {
    holds: value => values.includes(value as Value),
    write: value => values.includes(value) ? nameOf(value) : undefined,
    read: text => names.get(text),
    nth: index => values[index % values.length] as Value,
  }
}

function nameOf(value: string | number | null): string {
  return value === null ? 'none' : String(value).replace(/[^\p{L}\p{N}.]+/gu, '-')
}

/** Free text of so many characters at most. */
export function text(longest: number): Field<string> {
  // Half a surrogate pair is no text, and no address can carry it.
  const holds = (value: unknown) => typeof value === 'string' && value.length <= longest && !/\p{Surrogate}/u.test(value)
  return {
    holds,
    write: value => holds(value) ? value : undefined,
    read: value => holds(value) ? value : undefined,
    nth: index => index.toString(36).slice(0, longest),
  }
}

/** The controls of a run: shared between windows, but no link starts a run. */
export const runControl: Field<RunControl> = {
  holds(value) {
    const { playing, round, steps } = (value ?? {}) as Partial<RunControl>
    return typeof playing === 'boolean' && Number.isSafeInteger(round) && Number.isSafeInteger(steps)
  },
  write: () => undefined,
  read: () => undefined,
  nth: index => ({ playing: index % 2 === 1, round: index, steps: index }),
}

/** The seeds to choose from. */
export const seed: Field<number> = whole(1, 9999)

/** What another window says of a state, if all of it holds; what the table does not know is left out. */
export function accept<State extends object>(fields: Fields<State>, inputs: object): Partial<State> {
  return collect(fields, inputs, (field, value) => field.holds(value) ? value : undefined)
}

/** What parameters of an address ask for; nothing if one of them is nonsense. Unknown ones do not count. */
export function read<State extends object>(fields: Fields<State>, parameters: Readonly<Record<string, string>>): Partial<State> {
  return collect(fields, parameters, (field, text) => field.read(text as string))
}

function collect<State extends object>(fields: Fields<State>, given: object, valueOf: (field: Field<State[keyof State & string]>, given: State[keyof State & string]) => State[keyof State & string] | undefined): Partial<State> {
  const collected: Partial<State> = {}
  for (const key of keysOf(fields)) {
    const asked = Object.hasOwn(given, key) ? (given as Partial<State>)[key] : undefined
    if (asked === undefined)
      continue
    const value = valueOf(fields[key], asked)
    if (value === undefined)
      return {}
    collected[key] = value
  }
  return collected
}

/** The parameters that a state needs in an address: of what differs from its plan. */
export function write<State extends object>(fields: Fields<State>, state: State, planned: State): Record<string, string> {
  const parameters: Record<string, string> = {}
  for (const key of keysOf(fields)) {
    const text = fields[key].write(state[key])
    if (text !== undefined && state[key] !== planned[key])
      parameters[key] = text
  }
  return parameters
}

function keysOf<State extends object>(fields: Fields<State>): (keyof State & string)[] {
  return Object.keys(fields) as (keyof State & string)[]
}
