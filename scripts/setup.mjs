// @ts-check
/**
 * Makes a fresh machine ready, once: a Node.js new enough for Slidev, the packages of the lock file, the compiled
 * WebAssembly modules, a Chromium.
 * Plain JavaScript without packages, because it runs before there are any and on any Node from 20 on.
 * Everything it does is remembered in node_modules/.setup.json: a second run only looks there.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { readyBrowser, readyOtherBrowsers, readyPdfTools } from './setup/browser.mjs'
import { readyNats } from './setup/nats.mjs'
import { installPackages, run, say } from './setup/processes.mjs'
import { takeTurn } from './setup/turn.mjs'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
const stampFile = join(root, 'node_modules', '.setup.json')
const compileCache = join(root, '.cache', 'node')

/** Files in it; all commands together make about half as many. */
const mostCompiled = 8000

/** What Slidev 53 and the tools of this project want. */
const neededNode = '22.18'

/**
 * @typedef {object} Setup
 * @property {string} node path of the Node.js that runs everything
 * @property {NodeJS.ProcessEnv} env the environment for what is started; CHROMIUM_PATH in it where a browser was asked for,
 * NATS_SERVER_PATH where a server of rooms was and there is one
 */

/**
 * Makes ready what is missing.
 * @param {{ browser?: boolean, otherBrowsers?: boolean, pdfTools?: boolean, nats?: boolean }} wants whether a Chromium is
 * needed; whether Firefox and WebKitGTK are; whether the tools that read PDFs and a server of NATS are of use (without
 * them their tests are skipped)
 * @returns {Setup}
 */
export function setup(wants) {
  checkPlace(root)
  const endTurn = takeTurn(join(root, '.cache', 'setup.lock'))
  const stamp = readStamp()
  try {
    const node = readyNode(stamp)
    const env = environment(node)
    readyPackages(stamp, env)
    readyModules(node, env)
    boundCompileCache()
    const browser = wants.browser ? readyBrowser(stamp, root, env) : undefined
    const firefox = wants.otherBrowsers ? readyOtherBrowsers() : undefined
    if (wants.pdfTools)
      readyPdfTools(stamp)
    const nats = wants.nats ? readyNats(stamp, root) : undefined
    return { node, env: { ...env, ...browser && { CHROMIUM_PATH: browser }, ...firefox && { FIREFOX_PATH: firefox }, ...nats && { NATS_SERVER_PATH: nats } } }
  }
  finally {
    // What is done need not be done again, though the rest failed.
    writeStamp(stamp)
    endTurn()
  }
}

/**
 * Slidev and Vite write paths into addresses, code and patterns of files as they are.
 * @param {string} folder
 * @throws RangeError naming the signs of a path that they then read as something else
 */
export function checkPlace(folder) {
  const signs = new Set(folder.replace(/^[A-Z]:/i, '').match(/[#?%'"$|<>[\]{}*:]/g))
  if (signs.size > 0)
    throw new RangeError(`This folder is ${folder}, and Vite and Slidev, which the deck is served and built with, cannot read a path with ${[...signs].join(' ')} in it: move or rename it.`)
}

/** @typedef {{ packages?: string, privateNode?: string, browser?: string, pdfToolsTried?: boolean, natsTried?: boolean }} Stamp */

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

/** The running Node.js where it is new enough, else one of this project's own, from the package registry. */
function readyNode(/** @type {Stamp} */ stamp) {
  if (process.versions.node.localeCompare(neededNode, 'en', { numeric: true }) >= 0)
    return process.execPath

  const needs = `This deck needs Node.js ${neededNode} or newer and found ${process.version}`
  const folder = join(root, 'scripts', 'node')
  const { optionalDependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const build = Object.keys(optionalDependencies).find(name => name.endsWith(`-${process.platform.replace('win32', 'win')}-${process.arch}`))
  if (!build)
    throw new Error(`${needs}; there is no ready-made one for ${process.platform} ${process.arch}: install it from nodejs.org.`)

  const lock = hashOf(join(folder, 'package-lock.json'))
  const node = join(folder, 'node_modules', build, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (stamp.privateNode === lock && existsSync(node))
    return node
  say(`Node.js ${process.version} is too old for Slidev; fetching a newer one for this project alone …`)
  // The builds are optional packages, since one of them fits, and npm says nothing when it could not fetch an optional one.
  for (let attempt = 1; attempt <= 2; attempt++) {
    installPackages(folder)
    if (existsSync(node)) {
      stamp.privateNode = lock
      return node
    }
  }
  throw new Error(`${needs}; npm did not get ${build} from the package registry: try again, or install a newer Node.js from nodejs.org.`)
}

/** The packages of the lock file, exactly. */
function readyPackages(/** @type {Stamp} */ stamp, /** @type {NodeJS.ProcessEnv} */ env) {
  const lock = hashOf(join(root, 'package-lock.json'))
  if (stamp.packages === lock && existsSync(join(root, 'node_modules', '@slidev', 'cli')))
    return
  say('Installing packages from the lock file …')
  stamp.packages = undefined
  rmSync(compileCache, { recursive: true, force: true })
  installPackages(root, env)
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
      throw new Error(`The ${what} in ${sources} does not compile: see the message above.`)
    // Moved into place whole, so that two commands started together never read half a module.
    const unfinished = `${module}.${process.pid}`
    writeFileSync(unfinished, `${firstLine}\nexport const MODULE_BASE64 = '${readFileSync(wasm).toString('base64')}'\n`)
    renameSync(unfinished, module)
  }
}

/** Node.js keeps what it compiled of other versions too, and of the configuration that tools bundle anew at every run. */
function boundCompileCache() {
  if (existsSync(compileCache) && readdirSync(compileCache, { recursive: true }).length > mostCompiled)
    rmSync(compileCache, { recursive: true })
}

/** Our Node.js and the packages' commands come first on the path. */
function environment(/** @type {string} */ node) {
  const path = [dirname(node), join(root, 'node_modules', '.bin'), process.env.PATH ?? ''].join(delimiter)
  return { ...process.env, PATH: path }
}

function hashOf(/** @type {string[]} */ ...files) {
  const hash = createHash('sha256')
  for (const file of files)
    hash.update(readFileSync(file))
  return hash.digest('hex').slice(0, 16)
}
