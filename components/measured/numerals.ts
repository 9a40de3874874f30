/** How the measured figures write their numbers. */

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/** A power of ten for an axis: 10²¹, 10⁻³. */
export function powerOfTen(exponent: number): string {
  const digits = [...String(Math.abs(exponent))].map(digit => SUPERSCRIPTS[Number(digit)]).join('')
  return `10${exponent < 0 ? '⁻' : ''}${digits}`
}

/** A number with its power of ten, to `digits` significant digits: 7.1 × 10²². */
export function scientific(value: number, digits = 2): string {
  const [mantissa, exponent] = value.toExponential(digits - 1).split('e') as [string, string]
  return `${mantissa} × ${powerOfTen(Number(exponent))}`
}

/** With so many decimals and a true minus sign. */
export function decimal(value: number, decimals: number): string {
  return value.toFixed(decimals).replace('-', '−')
}

/** The same with its sign. */
export function signed(value: number, decimals: number): string {
  return `${value >= 0 ? '+' : ''}${decimal(value, decimals)}`
}

/** A whole number with thousands set apart: 10,000. */
export function grouped(value: number): string {
  return decimal(value, 0).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** A model's size as its field writes it: 70M, 12B. */
export function modelSize(params: number): string {
  return params >= 1e9 ? `${+(params / 1e9).toPrecision(2)}B` : `${+(params / 1e6).toPrecision(2)}M`
}
