/** How counts and bytes of the architecture figures are written. */

const BYTE_UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'] as const
const COUNT_UNITS = ['', 'K', 'M', 'B', 'T'] as const

/** All digits, in groups of three: "704,643,072". */
export function formatExact(count: number): string {
  return count.toLocaleString('en-US')
}

/** Four digits at most: "704.6M", "1,200" below ten thousand. */
export function formatShort(count: number): string {
  if (count < 10_000)
    return formatExact(count)
  const power = Math.min(Math.floor(Math.log10(count) / 3), COUNT_UNITS.length - 1)
  return `${(count / 1000 ** power).toFixed(1)}${COUNT_UNITS[power]}`
}

/** In the binary unit that leaves a number from 1 to 1,023: "12.5 MiB", "2 GiB". */
export function formatBytes(bytes: number): string {
  let unit = 0
  let value = bytes
  while (value >= 1024 && unit < BYTE_UNITS.length - 1) {
    value /= 1024
    unit++
  }
  return `${Number(value.toFixed(1)).toLocaleString('en-US')}\u00A0${BYTE_UNITS[unit]}`
}

/** "2.33×", "1×": two decimals, none where they are zero. */
export function formatRatio(ratio: number): string {
  return `${Number(ratio.toFixed(2)).toLocaleString('en-US')}×`
}
