/** Everything the benchmark compares with lives in .cache/bench, installed from the lock file beside this when it runs, so that no user of the deck ever has it. */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { root } from '../lib/slides.ts'

/** Where the peers are installed. */
export const peersFolder = join(root, '.cache', 'bench')

/** Installs the peers of the lock file, unless they are there. */
export function installPeers(): void {
  const here = import.meta.dirname
  const installed = join(peersFolder, 'package-lock.json')
  const lock = readFileSync(join(here, 'package-lock.json'), 'utf8')
  if (existsSync(join(peersFolder, 'node_modules', '.package-lock.json')) && existsSync(installed) && readFileSync(installed, 'utf8') === lock)
    return
  console.log('Installing the libraries to compare with into .cache/bench …')
  mkdirSync(peersFolder, { recursive: true })
  for (const file of ['package.json', 'package-lock.json', '.npmrc'])
    cpSync(join(here, file), join(peersFolder, file))
  const windows = process.platform === 'win32'
  const { status } = spawnSync(windows ? 'npm.cmd' : 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: peersFolder, stdio: ['ignore', 2, 2], shell: windows })
  if (status !== 0)
    throw new Error(`npm ci failed in ${peersFolder}: the benchmark needs the package registry once.`)
}
