/** Everything the benchmark compares with lives in .cache/bench, installed from the lock file beside this when it runs, so that no user of the deck ever has it. */
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../talk/slides.ts'
import { installPackages } from '../setup/processes.mjs'

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
  installPackages(peersFolder)
}

/** A file of a peer. */
export const peerFile = (path: string): string => join(peersFolder, 'node_modules', path)

/** Name and version of a peer. */
export function peerName(name: string): string {
  const { version } = JSON.parse(readFileSync(peerFile(`${name}/package.json`), 'utf8')) as { version: string }
  return `${name} ${version}`
}
