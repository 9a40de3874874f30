// @ts-check
/**
 * Sets up what is missing, then runs one of the project's commands: `node scripts/run.mjs <command> [options]`.
 * Every npm script goes through here, so that each works on a fresh machine. The commands: scripts/setup/commands.mjs.
 */
import './setup/sentence.mjs'
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import process from 'node:process'
import { commandNamed, portOf, readOptions } from './setup/commands.mjs'
import { root, setup } from './setup.mjs'

const [asked = '', ...given] = process.argv.slice(2)
const name = /** @type {import('./setup/commands.mjs').CommandName} */ (asked)
const command = commandNamed(name)
// A tool without a table of options refuses by itself what it does not know.
const { short, ...values } = /** @type {{ short?: boolean, 'without-page'?: boolean, 'remote'?: string }} */ (command.tool && !command.options ? {} : readOptions(name, given).values)
/** The built deck for a network instead of Slidev's server. */
const isRemote = name === 'start' && values.remote !== undefined
const args = name === 'start' ? await prepareServer() : given
run()

function run() {
  // A deck without its page is built without a browser, as hosts do that have none.
  const { node, env } = setup({ ...command, browser: command.browser && !(name === 'build' && (short || values['without-page'])) })
  const own = {
    // What Node.js has compiled of the packages, it keeps: each command starts some tenths of a second sooner.
    NODE_COMPILE_CACHE: join(root, '.cache', 'node'),
    // talk/version.ts reads it, in Slidev's process too, whose options are not ours.
    ...short ? { SHORT_TALK: '1' } : {},
  }
  const program = isRemote ? join('scripts', 'remote.ts') : command.tool ? join('node_modules', command.tool) : join('scripts', `${name.replace(':', '-')}.ts`)
  // Node.js takes the types away itself; before version 24 it says at every start that this is new.
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', '--import', './scripts/setup/sentence.mjs', join(root, program), ...command.first ?? [], ...args], { cwd: root, env: { ...env, ...own }, stdio: 'inherit' })
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
    process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
}

/**
 * What the server is told, after a look whether it can have its port.
 * @returns {Promise<string[]>}
 */
async function prepareServer() {
  const { values } = readOptions('start', given)
  const port = portOf(values.port ?? '3030')
  const problem = await new Promise((resolve) => {
    const probe = createServer().once('error', resolve).once('listening', () => probe.close(() => resolve(undefined)))
    probe.listen(port, 'localhost')
  })
  if (problem) {
    const why = problem.code === 'EADDRINUSE' ? `is taken, perhaps by this deck itself (http://localhost:${port}): stop what runs there, or` : `cannot be opened (${problem.message}):`
    throw new Error(`Port ${port} ${why} use npm start -- --port ${port === 3030 ? 3031 : 3030}.`)
  }
  if (isRemote)
    return given
  return ['--port', String(port), ...values.open || canOpen() ? ['--open'] : [], ...values.force ? ['--force'] : []]
}

/** Whether there is a screen to open a browser on. */
function canOpen() {
  if (process.env.CI || process.env.BROWSER === 'none')
    return false
  if (process.platform === 'linux')
    return Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY) && ['/usr/bin/xdg-open', '/usr/local/bin/xdg-open'].some(existsSync)
  return true
}
