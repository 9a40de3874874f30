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
 * @param {{ run?: (command: string, args: string[], cwd: string) => unknown, places?: string[], hasApt?: boolean }} [by] where it
 * is looked for beside .cache/, and what fetches it
 * @returns {string | undefined}
 */
export function readyNats(stamp, root, by = {}) {
  const { run: start = run, places = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin'], hasApt = existsSync('/usr/bin/apt-get') } = by
  const folder = join(root, '.cache', 'nats')
  const name = process.platform === 'win32' ? 'nats-server.exe' : 'nats-server'
  const find = () => [...places, join(folder, 'usr', 'sbin')].map(place => join(place, name)).find(existsSync)
  const found = find()
  if (found || stamp.natsTried || !hasApt)
    return found
  stamp.natsTried = true
  say('Fetching the system’s package nats-server into .cache/nats, uninstalled: the tests of rooms run on it …')
  mkdirSync(folder, { recursive: true })
  if (process.getuid?.() === 0)
    start('apt-get', ['update', '-qq'], '/')
  start('apt-get', ['download', '-qq', 'nats-server'], folder)
  const file = readdirSync(folder).find(name => name.endsWith('.deb'))
  if (file)
    start('dpkg-deb', ['-x', file, '.'], folder)
  return find()
}
