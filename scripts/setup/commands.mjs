// @ts-check
/**
 * The commands of the project, what each needs and which options it takes. scripts/run.mjs refuses what is not in this
 * table before it sets anything up, and the scripts read their options by it.
 */
import process from 'node:process'
import { parseArgs } from 'node:util'

const flag = /** @type {const} */ ({ type: 'boolean' })
/** An option with a value, and what one looks like. */
const like = (/** @type {string} */ example) => ({ type: /** @type {const} */ ('string'), example })

/**
 * @typedef {object} Command
 * @property {string} [tool] the program of another package that it is; otherwise a script of the same name in scripts/
 * @property {string[]} [first] what the tool is always told
 * @property {boolean} [browser] whether it needs a Chromium
 * @property {boolean} [otherBrowsers] whether it needs Firefox and WebKitGTK
 * @property {boolean} [pdfTools] whether tools that read PDFs are of use to it
 * @property {boolean} [nats] whether a server of NATS is of use to it
 * @property {Record<string, { type: 'boolean' | 'string', short?: string, example?: string }>} [options] without them, a
 * tool gets what is typed as it is, and a script nothing
 * @property {string | string[]} [words] what it takes beside options: in words, or the names of its parts, of which all are meant where none is
 */

/** @satisfies {Record<string, Command>} */
export const commands = {
  'start': { tool: '@slidev/cli/bin/slidev.mjs', options: { short: flag, port: { ...like('3030'), short: 'p' }, remote: like('[=new]'), open: flag, force: flag } },
  'test': { tool: 'vitest/vitest.mjs', first: ['run', '--project', '!browsers'], browser: true, pdfTools: true, nats: true },
  'test:browsers': { tool: 'vitest/vitest.mjs', first: ['run', '--project', 'browsers'], browser: true, otherBrowsers: true },
  'test:unit': { tool: 'vitest/vitest.mjs', first: ['run', '--project', 'unit', '--project', 'component'] },
  'test:watch': { tool: 'vitest/vitest.mjs', first: ['watch', '--project', 'unit', '--project', 'component'] },
  'typecheck': { tool: 'vue-tsc/bin/vue-tsc.js', first: ['--noEmit'] },
  'lint': { tool: 'eslint/bin/eslint.js', first: ['.', '--max-warnings', '0'] },
  'build': { browser: true, options: { 'short': flag, 'public': flag, 'single-file': flag, 'without-page': flag, 'site': like('https://example.org/talks/loan/') } },
  'export': { browser: true, options: { short: flag, dark: flag, range: like('3-7,12') } },
  'pictures': { browser: true, options: { short: flag, dark: flag }, words: 'loss, loss:3 or all' },
  'rehearse': { options: { short: flag, minutes: like('15'), pace: like('140') } },
  'site': { options: { 'published': like('FOLDER'), 'version': like('1.2.0'), 'without-notes': flag } },
  'room': { nats: true, options: { short: flag, server: like('wss://nats.example.org'), site: like('https://example.org/talks/loan/'), key: like('FILE'), local: flag, port: like('3030') } },
  'room:load': { nats: true, options: { followers: like('2000'), acts: like('200'), pace: like('2') }, words: ['steady', 'restart', 'slow'] },
  'soak': { browser: true },
  'fonts': {},
  'licences': {},
  'methods': {},
  'record': { words: ['structure-race', 'attention-map', 'objective-lab', 'rungs'] },
  'bench': { browser: true, words: ['kernel', 'transformer', 'runs', 'drag', 'decks'] },
}

/** @typedef {keyof typeof commands} CommandName */
/**
 * @template {CommandName} Name
 * @typedef {(typeof commands)[Name] extends { options: infer Options extends import('node:util').ParseArgsOptionsConfig } ? Options : {}} OptionsOf
 */

/**
 * The command of that name.
 * @param {string} name
 * @returns {Command}
 * @throws RangeError when there is none
 */
export function commandNamed(name) {
  if (!Object.hasOwn(commands, name))
    throw new RangeError(`Unknown command “${name}”: use one of ${Object.keys(commands).join(', ')}.`)
  return commands[/** @type {CommandName} */ (name)]
}

/**
 * The options a command was given, and the words beside them.
 * @template {CommandName} Name
 * @param {Name} name
 * @param {string[]} [args]
 * @returns {{ values: ReturnType<typeof parseArgs<{ options: OptionsOf<Name> }>>['values'], words: string[] }}
 * @throws RangeError naming what the command does not take, and what it does
 */
export function readOptions(name, args = process.argv.slice(2)) {
  const { options = {}, words } = commandNamed(name)
  try {
    // The one option whose value may be left out.
    const whole = args.map(arg => arg === '--remote' ? '--remote=' : arg)
    const { values, positionals } = parseArgs({ args: whole, options, allowPositionals: Boolean(words) })
    const unknown = Array.isArray(words) ? positionals.find(word => !words.includes(word)) : undefined
    if (unknown !== undefined)
      throw new RangeError(`Unknown name '${unknown}'`)
    return { values: /** @type {any} */ (values), words: Array.isArray(words) && positionals.length === 0 ? words : positionals }
  }
  catch (error) {
    const taken = [...Object.entries(options).map(([option, { example }]) => `--${option}${example?.replace(/^(?!\[)/, ' ') ?? ''}`), ...words ? [words].flat() : []]
    const [problem] = /** @type {Error} */ (error).message.split(/\.?(?:\s*\n|\. |$)/)
    throw new RangeError(`${problem}: ${typed(name)} takes ${taken.join(', ') || 'no options'}.`, { cause: error })
  }
}

/** A command as one types it. */
function typed(/** @type {string} */ name) {
  return ['start', 'test'].includes(name) ? `npm ${name}` : `npm run ${name}`
}

/**
 * A port of this machine.
 * @param {string} text
 * @throws RangeError when there can be none of that number
 */
export function portOf(text) {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN
  if (!(port >= 1 && port <= 65535))
    throw new RangeError(`--port ${text} is no port: it is a whole number from 1 to 65535, for instance --port 3031.`)
  return port
}
