// @ts-check
/**
 * Sets up what is missing, then runs one of the project's commands: `node scripts/run.mjs <command> [options]`.
 * Every npm script goes through here, so that each works on a fresh machine.
 */
import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { fail, root, setup } from './setup.mjs'

const bin = (/** @type {string} */ path) => join(root, 'node_modules', path)
const slidev = bin('@slidev/cli/bin/slidev.mjs')
const vitest = bin('vitest/vitest.mjs')
// Node.js takes the types away itself; before version 24 it says at every start that this is new.
const script = (/** @type {string} */ name) => ['--disable-warning=ExperimentalWarning', join(root, 'scripts', `${name}.ts`)]

/** `short`: whether the command knows the short version of the talk (`--short`). */
/** @type {Record<string, { browser: boolean, otherBrowsers?: boolean, pdfTools?: boolean, short?: boolean, args: string[] }>} */
const commands = {
  'start': { browser: false, short: true, args: [slidev, ...(canOpen() ? ['--open'] : [])] },
  'test': { browser: true, pdfTools: true, args: [vitest, 'run', '--project', '!browsers'] },
  'test:browsers': { browser: false, otherBrowsers: true, args: [vitest, 'run', '--project', 'browsers'] },
  'test:unit': { browser: false, args: [vitest, 'run', '--project', 'unit', '--project', 'component'] },
  'typecheck': { browser: false, args: [bin('vue-tsc/bin/vue-tsc.js'), '--noEmit'] },
  'lint': { browser: false, args: [bin('eslint/bin/eslint.js'), '.', '--max-warnings', '0'] },
  'build': { browser: false, short: true, args: script('build') },
  'export': { browser: true, short: true, args: script('export') },
  'pictures': { browser: true, short: true, args: script('pictures') },
  'rehearse': { browser: false, short: true, args: script('rehearse') },
  'soak': { browser: true, args: script('soak') },
  'fonts': { browser: false, args: script('fonts') },
  'site': { browser: false, args: script('site') },
  'licences': { browser: false, args: script('licences') },
  'methods': { browser: false, args: script('methods') },
  'record': { browser: false, args: script('record') },
  'bench': { browser: true, args: script('bench') },
  'setup': { browser: true, args: ['-e', ''] },
}

/** What Node.js has compiled of the packages, it keeps: each command starts some tenths of a second sooner. */
const compileCache = { NODE_COMPILE_CACHE: join(root, '.cache', 'node') }

const [name = '', ...options] = process.argv.slice(2)
const command = commands[name]
if (!command)
  fail(`Unknown command “${name}”: use one of ${Object.keys(commands).join(', ')}.`)
else
  await start(command)

/** @param {{ browser: boolean, otherBrowsers?: boolean, pdfTools?: boolean, args: string[] }} command */
async function start(command) {
  const version = chosenVersion(command)
  const { node, env } = setup(command)
  let password = {}
  if (name === 'start') {
    const port = await choosePort()
    password = choosePassword(port)
  }
  const child = spawn(node, [...command.args, ...options], { cwd: root, env: { ...env, ...compileCache, ...version, ...password }, stdio: 'inherit' })
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
    process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
}

/**
 * Takes `--short` out of the options and passes it on as the environment variable that scripts/lib/version.ts reads: it
 * has to reach processes, Slidev's among them, whose options are not ours.
 * @param {{ short?: boolean }} command
 */
function chosenVersion({ short }) {
  const asked = options.indexOf('--short')
  if (asked < 0)
    return {}
  if (!short)
    fail(`npm run ${name} knows no --short; these commands do: ${Object.keys(commands).filter(other => commands[other]?.short).join(', ')}.`)
  options.splice(asked, 1)
  return { SHORT_TALK: '1' }
}

/** The deck stands at port 3030 unless another is asked for; a port that is taken is said in a sentence. */
async function choosePort() {
  const asked = options.findIndex(option => option === '--port' || option === '-p')
  const port = asked < 0 ? 3030 : Number(options[asked + 1])
  if (asked < 0)
    options.push('--port', String(port))
  const taken = await new Promise((resolve) => {
    const probe = createServer().once('error', () => resolve(true)).once('listening', () => probe.close(() => resolve(false)))
    probe.listen(port, 'localhost')
  })
  if (taken)
    fail(`Port ${port} is taken, perhaps by this deck itself (http://localhost:${port}): stop what runs there, or use npm start -- --port ${port + 1}.`)
  return port
}

/**
 * Opens the deck to other machines when `--remote` asks for it, never without a password: the one given as
 * `--remote=password`, or a new one. It goes to scripts/lib/guard.ts by the environment, and not to Slidev, which would
 * hand it to every browser and ask a machine on the internet for this one's address.
 * @param {number} port
 */
function choosePassword(port) {
  const asked = options.findIndex(option => option === '--remote' || option.startsWith('--remote='))
  if (asked < 0)
    return {}
  const password = options[asked]?.slice('--remote='.length) || newPassword()
  options[asked] = '--remote='
  const machines = Object.values(networkInterfaces()).flatMap(all => all ?? []).filter(({ family, internal }) => family === 'IPv4' && !internal)
  console.log('\nOpen to this network. Who has the password may present; anybody else sees the slides as you show them.')
  for (const { address } of machines)
    console.log(`  presenter  http://${address}:${port}/presenter/?password=${encodeURIComponent(password)}\n  audience   http://${address}:${port}/`)
  return { DECK_PASSWORD: password }
}

/** Ten letters that are not taken for each other, in two groups for the hand: 45 bits. */
function newPassword() {
  const letters = 'abcdefghjkmnpqrstuvwxyz'
  const draw = () => Array.from({ length: 5 }, () => letters[randomInt(letters.length)]).join('')
  return `${draw()}-${draw()}`
}

/** Whether there is a screen to open a browser on. */
function canOpen() {
  if (process.env.CI || process.env.BROWSER === 'none')
    return false
  if (process.platform === 'linux')
    return Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY) && ['/usr/bin/xdg-open', '/usr/local/bin/xdg-open'].some(existsSync)
  return true
}
