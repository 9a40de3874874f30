/** Indented JSON with each list of plain values on one line. */
export function toJson(value: object): string {
  const indented = JSON.stringify(value, null, 2)
  return `${indented.replace(/\[\s+([^[\]{}]*?)\s+\]/g, (_, inner: string) => `[${inner.replace(/\s*\n\s*/g, ' ')}]`)}\n`
}
