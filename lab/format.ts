/** How numbers are written on slides: one way for each kind. */

/** A power of ten: 10²¹. */
export function powerOfTen(exponent: number): string {
  return `10${[...String(exponent)].map(digit => digit === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join('')}`
}

/** In scientific notation with two digits at the most: 5.8 × 10²³, and 10²¹ where the mantissa is 1. */
export function scientific(value: number, digits = 1): string {
  const [mantissa = '', exponent = ''] = value.toExponential(digits).split('e')
  const power = powerOfTen(Number(exponent))
  // A number does not break over lines.
  return Number(mantissa) === 1 ? power : `${Number(mantissa)}\u00A0×\u00A0${power}`
}

const units: readonly [number, string][] = [[1e12, 'T'], [1e9, 'B'], [1e6, 'M'], [1e3, 'k']]

/** A count as papers write it: 6.9B parameters, 1.31T tokens, 412M. Digits counts the significant ones. */
export function count(value: number, digits = 2): string {
  const [unit, name] = units.find(([unit]) => value >= unit * 0.9995) ?? [1, '']
  const scaled = value / unit
  // Never fewer digits than the integer part has: 412M, not 410M.
  const significant = Math.max(digits, Math.floor(scaled) === 0 ? 1 : String(Math.floor(scaled)).length)
  return `${Number(scaled.toPrecision(significant))}${name}`
}

/** A count in four digits and its unit: 704.6M; below ten thousand all of it. */
export function shortCount(value: number): string {
  if (value < 10_000)
    return grouped(value)
  const [unit, name] = units.find(([unit]) => value >= unit) ?? [1, '']
  return `${(value / unit).toFixed(1)}${name}`
}

/** A whole number with all its digits, in groups of three: 704,643,072. */
export function grouped(value: number): string {
  return Math.round(value).toLocaleString('en-US')
}

/** With so many decimals and a true minus sign. */
export function decimal(value: number, decimals: number): string {
  return value.toFixed(decimals).replace('-', '−')
}

/** The same with its sign. */
export function signed(value: number, decimals: number): string {
  return `${value >= 0 ? '+' : ''}${decimal(value, decimals)}`
}

/** To so many significant digits, as a number. */
export function rounded(value: number, digits = 2): number {
  return Number(value.toPrecision(digits))
}

/** An error below one in two significant digits and three decimals at the most, without the zero before the point: .42, .067, .004. */
export function smallError(value: number): string {
  return (value < 0.01 ? value.toFixed(3) : value.toPrecision(2)).replace(/^0/, '')
}

/** A factor: 2.33×, and 1× without the decimals that are zero. */
export function factor(ratio: number): string {
  return `${Number(ratio.toFixed(2)).toLocaleString('en-US')}×`
}

/** Bytes in the binary unit that leaves a number from 1 to 1,023: 12.5 MiB, 2 GiB. */
export function byteSize(bytes: number): string {
  const names = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB']
  let unit = 0
  let value = bytes
  while (value >= 1024 && unit < names.length - 1) {
    value /= 1024
    unit++
  }
  return `${Number(value.toFixed(1)).toLocaleString('en-US')}\u00A0${names[unit]}`
}

/** A fraction as a signed percentage with a real minus sign: −3.0 %. */
export function signedPercent(fraction: number, decimals = 1): string {
  const text = Math.abs(fraction * 100).toFixed(decimals)
  const sign = Number(text) === 0 ? '' : fraction < 0 ? '−' : '+'
  return `${sign}${text} %`
}

/** A share as a percentage, without decimals that are zero: 93.3 %. */
export function percentage(share: number, decimals = 1): string {
  return `${Number((100 * share).toFixed(decimals))} %`
}

/**
 * What curves over several seeds stand for: the recorded seeds, or a live run so far, “live, seed 3” in its first seed, then
 * “live, 12 of 20 seeds”.
 */
export function seedsShown(live: { seed: number, finished: number, seeds: number } | undefined, recordedSeeds: number): string {
  if (!live)
    return `Recorded, ${recordedSeeds} seeds`
  const { seed, finished, seeds } = live
  return finished === 0 ? `live, seed ${seed}` : `live, ${finished} of ${seeds} seed${seeds === 1 ? '' : 's'}`
}

/** A time in seconds as m:ss; a second that has not passed does not count. */
export function clock(seconds: number): string {
  const whole = Math.floor(seconds)
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}

const words = ['none', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen']
const tens = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety']

/** A count as one says it, from none to ninety-nine; in digits from there on. */
export function inWords(count: number): string {
  if (count >= 100)
    return String(count)
  return words[count] ?? [tens[Math.floor(count / 10)], count % 10 > 0 ? words[count % 10] : ''].filter(Boolean).join('-')
}

const irregular: Readonly<Record<string, string>> = { one: 'first', two: 'second', three: 'third', five: 'fifth', eight: 'eighth', nine: 'ninth', twelve: 'twelfth' }

/** A place in an order, from first to ninety-ninth. */
export function ordinal(place: number): string {
  return inWords(place).replace(/\w+$/, last => irregular[last] ?? `${last.replace(/y$/, 'ie')}th`)
}
