/** Fingerprints: every experiment has one, they repeat, and one changed bit changes them. */
import { describe, expect, it } from 'vitest'
import { experiments } from '../../lab/experiments.ts'
import { raceRun } from '../../lab/experiments/race-run.ts'
import { rungRun } from '../../lab/experiments/rung-run.ts'
import { computed, fingerprint, runProbe, takeFingerprints } from '../../lab/fingerprints.ts'
import { raceAxes } from '../../lab/structure-race.ts'

const hashOf = (value: unknown) => fingerprint(value).hash

describe('a fingerprint', () => {
  it('is FNV-1a over the bytes: the empty text and a known number give known hashes', () => {
    // FNV-1a, 64 bits, of the eight zero bytes of +0, from the published offset and prime.
    expect(fingerprint(0)).toEqual({ numbers: 1, hash: 'a8c7f832281a39c5' })
  })

  it('changes with one unit in the last place, a sign of zero, an order, a name and a missing value', () => {
    const result = { error: [0.1, 0.2], seed: 3 }
    const others = [
      { error: [0.1, 0.2 + 2 ** -55], seed: 3 }, { error: [0.2, 0.1], seed: 3 }, { loss: [0.1, 0.2], seed: 3 },
      { error: [0.1], seed: 3 }, { error: [0.1, null], seed: 3 }, { error: [0.1, 0.2] }, { error: [[0.1], 0.2], seed: 3 },
    ]
    expect(0.2 + 2 ** -55).not.toBe(0.2)
    expect(new Set([result, ...others].map(hashOf)).size).toBe(others.length + 1)
    expect(hashOf(-0)).not.toBe(hashOf(0))
    expect(hashOf(Number.NaN)).toBe(hashOf(-Number.NaN))
  })

  it('is the same for a typed array and a list of the same numbers, which a worker may have made of it', () => {
    expect(fingerprint(new Float64Array([1, 2.5]))).toEqual(fingerprint([1, 2.5]))
  })

  it('is taken of every experiment that a worker can run, and of no other', () => {
    expect(Object.keys(computed).filter(name => computed[name]!.kind === 'experiment').sort()).toEqual(Object.keys(experiments).sort())
  })

  it('is taken of what runs on stage, on WebAssembly: TypeScript gives other bits', () => {
    const hashes = (engine: 'typescript' | 'wasm') => [
      runProbe(raceRun, { preset: 'friedman1', seeds: 1, firstSeed: 1, axes: raceAxes(512, 1e6), engine }, 40),
      runProbe(rungRun, { task: 'chat', turns: 2, seed: 1, width: 16, steps: 10, engine }, 6),
    ].map(hashOf)
    const [onStage, inTypeScript] = [hashes('wasm'), hashes('typescript')]
    expect(computed['structure-race']?.settings.engine).toBe('wasm')
    expect(computed.rungs?.settings.engine).toBe('wasm')
    expect(onStage[0]).toBe(takeFingerprints(['structure-race'])[0]!.hash)
    onStage.forEach((hash, i) => expect(hash).not.toBe(inTypeScript[i]))
  })

  it('repeats, tells the experiments apart, and states what it was taken of', () => {
    const names = ['objective-lab', 'random', 'optimal-allocation', 'emergence', 'architecture-costs']
    const [once, twice] = [takeFingerprints(names), takeFingerprints(names)]
    expect(once).toEqual(twice)
    expect(once.map(({ name }) => name)).toEqual(names)
    expect(new Set(once.map(({ hash }) => hash)).size).toBe(names.length)
    for (const { name, numbers, settings } of once) {
      expect(numbers, name).toBeGreaterThan(20)
      expect(Object.keys(settings).length, name).toBeGreaterThan(0)
    }
    expect(Object.keys(computed)).toContain('fit-law')
  })
})
