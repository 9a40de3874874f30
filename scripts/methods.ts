/**
 * `npm run methods`: every experiment and computation of the deck with its settings, its seeds and a fingerprint of what
 * comes out for them, as tests/deck/determinism.test.ts compares it between Node and Chromium.
 */
import process from 'node:process'
import { attentionMap, objectiveLab, rungsRecord, structureRace } from '../data/recorded.ts'
import { takeFingerprints } from '../lab/fingerprints.ts'

console.log(`Fingerprints, taken in Node ${process.versions.node} for small fixed inputs; tests/deck/determinism.test.ts takes the same in Chromium.\n`)
for (const { name, kind, settings, numbers, hash } of takeFingerprints()) {
  console.log(`${name} (${kind})`)
  for (const [setting, value] of Object.entries(settings))
    console.log(`  ${setting}: ${Array.isArray(value) ? value.map(plain).join(', ') : plain(value)}`)
  console.log(`  fingerprint: ${hash} over ${numbers.toLocaleString('en')} numbers\n`)
}

console.log('Recorded runs, made again to the byte by the command:\n')
for (const { command, description, seeds } of [
  { ...structureRace, seeds: Object.entries(structureRace.presets).map(([preset, { seeds }]) => `${preset} 1–${seeds}`).join(', ') },
  { ...attentionMap, seeds: `1–${attentionMap.seeds}` },
  { ...objectiveLab, seeds: `1–${objectiveLab.seeds}` },
  { ...rungsRecord, seeds: `1–${rungsRecord.seeds}` },
])
  console.log(`${command}\n  seeds: ${seeds}\n  ${description}\n`)

/** A setting as people write it: long numbers with their power of ten. */
function plain(value: unknown): string {
  return typeof value === 'number' && value >= 1e9 ? value.toExponential().replace('+', '') : JSON.stringify(value)?.replaceAll('"', '') ?? String(value)
}
