// @ts-check
/** The server that rooms are tried and tested with: found, or fetched into .cache/ for this project alone. */
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import process from 'node:process'
import { run, say } from './processes.mjs'

/**
 * The path of nats-server, if there is one. Fetched once, where the system's packages are Debian's: taken out of its
 * package and not installed, because that would start it with the machine.
 * @param {{ natsTried?: boolean }} stamp what is known from last time
 * @param {string} root folder of the project
 * @param {(command: string, args: string[], cwd: string) => boolean} [by] runs a program
 * @returns {string | undefined}
 */
export function readyNats(stamp, root, by = run) {
  const folder = join(root, '.cache', 'nats')
  const name = process.platform === 'win32' ? 'nats-server.exe' : 'nats-server'
  const find = () => [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', join(folder, 'usr', 'sbin')].map(place => join(place, name)).find(existsSync)
  const found = find()
  if (found || stamp.natsTried || !existsSync('/usr/bin/apt-get'))
    return found
  stamp.natsTried = true
  say('Fetching the system’s package nats-server into .cache/nats, uninstalled: the tests of rooms run on it …')
  mkdirSync(folder, { recursive: true })
  if (process.getuid?.() === 0)
    by('apt-get', ['update', '-qq'], '/')
  by('apt-get', ['download', '-qq', 'nats-server'], folder)
  const file = readdirSync(folder).find(name => name.endsWith('.deb'))
  if (file)
    by('dpkg-deb', ['-x', file, '.'], folder)
  return find()
}
