/** What may come into the project, and how: by the lock files alone, and without running anything on its way in. */
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { describe, expect, it } from 'vitest'
import { copied } from '../../data/copied.ts'
import { acceptedLicences } from '../../setup/vite/licences.ts'
import { npmCommand } from '../../scripts/setup/processes.mjs'

const root = join(import.meta.dirname, '..', '..')

interface Locked {
  version?: string
  integrity?: string
  resolved?: string
  hasInstallScript?: boolean
}
interface Manifest {
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
  overrides?: Record<string, string>
  allowScripts?: Record<string, boolean>
}

const read = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T

// The deck, the Node.js of its own, and the peers of the benchmark.
describe.each(['.', 'scripts/node', 'scripts/bench'])('the packages of %s', (folder) => {
  const manifest = read<Manifest>(join(root, folder, 'package.json'))
  const { packages } = read<{ packages: Record<string, Locked> }>(join(root, folder, 'package-lock.json'))
  // The entry without a path is the folder itself.
  const locked = Object.fromEntries(Object.entries(packages).filter(([path]) => path))

  it('are asked for by exact version', () => {
    const asked = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies, ...manifest.overrides }
    expect(Object.keys(asked)).not.toEqual([])
    expect(Object.entries(asked).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([])
  })

  it('are locked to their contents, and to no address', () => {
    expect(Object.entries(locked).filter(([, { integrity, version }]) => !integrity || !version).map(([path]) => path)).toEqual([])
    expect(Object.entries(locked).filter(([, { resolved }]) => resolved).map(([path]) => path)).toEqual([])
  })

  it('run no script when they are installed, and each that has one is named', () => {
    expect(readFileSync(join(root, folder, '.npmrc'), 'utf8').split(/\r?\n/)).toContain('ignore-scripts=true')
    const scripted = Object.keys(locked).filter(path => locked[path]?.hasInstallScript).map(path => path.replace(/^.*node_modules\//, ''))
    expect(manifest.allowScripts ?? {}).toEqual(Object.fromEntries(scripted.map(name => [name, false])))
  })
})

describe('the licences of copied figures', () => {
  it('are accepted ones', () => {
    expect(copied.filter(({ licence }) => !acceptedLicences.includes(licence))).toEqual([])
  })
})

describe('npm under this project’s settings', () => {
  /** Installs a package whose install script leaves a file behind; returns whether it did. */
  function installRuns(settings: string): boolean {
    const folder = mkdtempSync(join(tmpdir(), 'install-'))
    // An npm that runs this test hands its own settings down, and they would outrank the file's.
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.toLowerCase().startsWith('npm_config_')))
    const [npmProgram = '', ...first] = npmCommand()
    const npm = (args: string[], cwd: string) => {
      const { status, stderr } = spawnSync(npmProgram, [...first, ...args, '--offline', '--no-audit', '--loglevel=error'], { cwd, env, encoding: 'utf8' })
      if (status !== 0)
        throw new Error(`npm ${args.join(' ')} failed: ${stderr}`)
    }
    try {
      const parcel = join(folder, 'parcel')
      const user = join(folder, 'user')
      mkdirSync(parcel)
      mkdirSync(user)
      const leave = `node -e "require('fs').writeFileSync(process.env.INIT_CWD + '/it-ran', '')"`
      writeFileSync(join(parcel, 'package.json'), JSON.stringify({ name: 'parcel', version: '1.0.0', scripts: { postinstall: leave } }))
      npm(['pack'], parcel)
      writeFileSync(join(user, 'package.json'), JSON.stringify({ name: 'user', version: '1.0.0', dependencies: { parcel: 'file:../parcel/parcel-1.0.0.tgz' } }))
      copyFileSync(join(root, '.npmrc'), join(user, '.npmrc'))
      writeFileSync(join(user, '.npmrc'), settings, { flag: 'a' })
      npm(['install'], user)
      expect(existsSync(join(user, 'node_modules', 'parcel', 'package.json'))).toBe(true)
      return existsSync(join(user, 'it-ran'))
    }
    finally {
      rmSync(folder, { recursive: true })
    }
  }

  it('does not run what a package wants to run', () => {
    expect(installRuns('')).toBe(false)
    // And would have, without them: the trap works.
    expect(installRuns('\nignore-scripts=false\ndangerously-allow-all-scripts=true\n')).toBe(true)
  })
})
