// @ts-check
/**
 * Starting other programs, never through a shell: a shell takes a path such as C:\Program Files apart. What needs one on
 * Windows, npm, is therefore started as what it is, a script for Node.js.
 */
import { spawnSync } from 'node:child_process'
import { win32 } from 'node:path'
import process from 'node:process'

/**
 * How npm is started: the one that runs this command, else the one beside Node.js.
 * @param {{ platform?: string, node?: string, ranBy?: string }} [where] `ranBy`: the script that npm says it is
 * @returns {string[]} the program and its first arguments
 */
export function npmCommand({ platform = process.platform, node = process.execPath, ranBy = process.env.npm_execpath } = {}) {
  if (ranBy && /[\\/]npm-cli\.[cm]?js$/.test(ranBy))
    return [node, ranBy]
  return platform === 'win32' ? [node, win32.join(win32.dirname(node), 'node_modules', 'npm', 'bin', 'npm-cli.js')] : ['npm']
}

/**
 * Installs what the lock file of a folder says.
 * @param {string} folder
 * @param {NodeJS.ProcessEnv} [env]
 * @throws Error naming the folder when it fails
 */
export function installPackages(folder, env = process.env) {
  const [npm = '', ...first] = npmCommand()
  if (!run(npm, [...first, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], folder, env))
    throw new Error(`npm ci failed in ${folder}: see its message above; it needs the package registry once, the deck itself does not.`)
}

/**
 * Runs a program with its output on our error channel, so that nothing mixes into the output of what follows.
 * @param {string} command
 * @param {string[]} args
 * @param {string} cwd
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {boolean} whether it went well
 */
export function run(command, args, cwd, env = process.env) {
  return spawnSync(command, args, { cwd, env, stdio: ['ignore', 2, 2] }).status === 0
}

/** Says what is going on, where it does not mix with a command's own output. */
export function say(/** @type {string} */ sentence) {
  process.stderr.write(`${sentence}\n`)
}
