/** Setting up on a machine that is not ours: its paths, its line ends, what it lacks, and what is typed wrongly there. */
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { keepNewestDecks } from '../../scripts/lib/deck.ts'
import { packSources } from '../../scripts/lib/publish.ts'
import { pictureOf, readSlides, slidesOfRange } from '../../talk/slides.ts'
import { parseAct, scriptFiles } from '../../talk/script.ts'
import { singleFile } from '../../setup/vite/single-file.ts'
import { checkPlace } from '../../scripts/setup.mjs'
import { browserPlaces, install, whyNotStarting } from '../../scripts/setup/browser.mjs'
import { commandNamed, commands, portOf, readOptions } from '../../scripts/setup/commands.mjs'
import { npmCommand } from '../../scripts/setup/processes.mjs'
import { wordsFor } from '../../scripts/setup/sentence.mjs'
import { holderOf, takeTurn } from '../../scripts/setup/turn.mjs'

const root = join(import.meta.dirname, '..', '..')
const slides = await readSlides()

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'setup-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('line ends', () => {
  const git = (...args: string[]) => spawnSync('git', ['-c', 'core.autocrlf=true', '-c', 'user.name=a', '-c', 'user.email=a@localhost', ...args], { cwd: folder, encoding: 'utf8' })

  it.skipIf(spawnSync('git', ['--version']).status !== 0)('come out of a clone as they went in, where git is told to change them', () => {
    const files = ['.gitattributes', '.npmrc', 'package.json', 'slides.md', 'LICENSE']
    for (const file of files)
      copyFileSync(join(root, file), join(folder, file))
    for (const args of [['init', '-q'], ['add', '.'], ['commit', '-q', '-m', 'a']])
      expect(git(...args).status, git(...args).stderr).toBe(0)
    for (const file of files)
      rmSync(join(folder, file))
    expect(git('checkout', '-q', '--', '.').status).toBe(0)
    for (const file of files)
      expect(readFileSync(join(folder, file)).equals(readFileSync(join(root, file))), file).toBe(true)
  })

  it('of Windows change nothing in a script that was edited there', () => {
    const told = (text: string, short: boolean, file: string) => parseAct(text, file, { short })
    for (const file of scriptFiles) {
      const text = readFileSync(join(root, 'notes', file), 'utf8').replaceAll('\r\n', '\n')
      for (const short of [false, true])
        expect(told(text.replaceAll('\n', '\r\n'), short, file)).toEqual(told(text, short, file))
    }
  })

  it('of Windows change nothing in slides that were edited there', async () => {
    const text = readFileSync(join(root, 'slides.md'), 'utf8').replaceAll('\r\n', '\n')
    writeFileSync(join(folder, 'slides.md'), text.replaceAll('\n', '\r\n'))
    for (const short of [false, true])
      expect(await readSlides({ short, folder })).toEqual(await readSlides({ short }))
  })
})

describe('paths of Windows', () => {
  const ProgramFiles = 'C:\\Program Files\\nodejs'

  it('reach npm whole, without a shell', () => {
    const node = `${ProgramFiles}\\node.exe`
    const script = `${ProgramFiles}\\node_modules\\npm\\bin\\npm-cli.js`
    expect(npmCommand({ platform: 'win32', node, ranBy: script })).toEqual([node, script])
    for (const ranBy of ['', 'C:\\tools\\pnpm.cjs'])
      expect(npmCommand({ platform: 'win32', node, ranBy })).toEqual([node, script])
    expect(npmCommand({ platform: 'linux', node: '/usr/bin/node', ranBy: '' })).toEqual(['npm'])
  })

  it('lead to the browsers that stand there', () => {
    const places = browserPlaces('win32', { 'PROGRAMFILES': 'C:\\Program Files', 'PROGRAMFILES(X86)': 'C:\\Program Files (x86)' })
    expect(places).toContain('C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe')
    expect(places.filter(place => !place.startsWith('C:\\Program Files'))).toEqual([])
  })

  it('bring the worker into the one file by the name that imports it, whatever the slashes of its path', () => {
    const plugin = singleFile() as unknown as { resolveId: (source: string, importer: string) => unknown, buildEnd: () => void }
    const context = {
      error: (words: string) => { throw new Error(words) },
      resolve: (source: string) => source,
    }
    // Without it the build does not go on as if nothing were missing.
    expect(() => plugin.buildEnd.call(context)).toThrow('make-worker.ts')
    expect(readFileSync(join(root, 'composables', 'run.ts'), 'utf8')).toContain('\'./make-worker.ts\'')
    expect(plugin.resolveId.call(context, './make-worker.ts', 'C:\\talk\\composables\\run.ts')).toContain('run.worker.ts?worker&inline')
    expect(() => plugin.buildEnd.call(context)).not.toThrow()
  })
})

describe('a folder', () => {
  it.each(['/home/a#b/talk', '/home/100%/talk', 'C:\\Tim\'s talks\\loan', '/home/[2026]/talk'])('in a place that Vite cannot read is refused: %s', (place) => {
    expect(() => checkPlace(place)).toThrow(place)
  })

  it.each(['/home/ä b/talk (2)', 'C:\\Program Files (x86)\\talk', root])('in any other is taken: %s', (place) => {
    expect(() => checkPlace(place)).not.toThrow()
  })
})

describe('what is typed wrongly', () => {
  it('is refused by every command of ours, with its name and what there is instead', () => {
    for (const name of Object.keys(commands) as (keyof typeof commands)[]) {
      const { tool, options } = commandNamed(name)
      if (tool && !options)
        continue
      expect(() => readOptions(name, ['--bogus']), name).toThrow(new RegExp(`Unknown option '--bogus': npm (?:run )?${name} takes `))
      for (const option of Object.keys(options ?? {}))
        expect(() => readOptions(name, ['--bogus']), name).toThrow(`--${option}`)
    }
    expect(() => readOptions('export', ['--range'])).toThrow('--range 3-7,12')
    expect(() => readOptions('export', ['--dark=very'])).toThrow('--dark')
    expect(() => readOptions('build', ['dist'])).toThrow('dist')
    expect(() => commandNamed('toString')).toThrow('toString')
  })

  it('is told from what is right', () => {
    expect(readOptions('start', ['--remote', '-p', '3031']).values).toMatchObject({ remote: '', port: '3031' })
    expect(readOptions('start', ['--remote=new']).values).toMatchObject({ remote: 'new' })
    expect(readOptions('pictures', ['loss:3', '--dark', 'table'])).toMatchObject({ values: { dark: true }, words: ['loss:3', 'table'] })
  })

  it.each(['0', '65536', '3030x', '-1', '', '1e3'])('as a port is named, with the limits: “%s”', (text) => {
    expect(() => portOf(text)).toThrow(`--port ${text} is no port: it is a whole number from 1 to 65535`)
  })

  it.each(['0', `${slides.length + 1}`, `3-${slides.length + 1}`, '7-3', '', '3,', 'loss'])('as a range is named, with the limits: “%s”', (range) => {
    expect(() => slidesOfRange(slides, range)).toThrow(`--range ${range} is not of this talk, whose slides are 1 to ${slides.length}`)
  })

  it('as a range is told from one that is right', () => {
    expect(slidesOfRange(slides, `12,3-5,4,${slides.length}`).map(({ no }) => no)).toEqual([3, 4, 5, 12, slides.length])
  })

  it('as a slide or a click is named, with the limits', () => {
    expect(() => pictureOf(slides, 'nowhere')).toThrow('“nowhere”')
    const { clicks } = slides.find(({ alias }) => alias === 'loss')!
    expect(() => pictureOf(slides, `loss:${clicks + 1}`)).toThrow(`“loss:${clicks + 1}” names click ${clicks + 1} of a slide whose clicks are 0 to ${clicks}.`)
    expect(pictureOf(slides, `loss:${clicks}`)).toMatchObject({ slide: { alias: 'loss' }, click: clicks })
  })

  it('ends in its sentence, and a mistake of ours in its stack', () => {
    expect(wordsFor(new RangeError('One sentence.'))).toBe('One sentence.')
    expect(wordsFor(new TypeError('a.b is not a function'))).toMatch(/a\.b is not a function\n +at /)
    const { status, stderr } = spawnSync(process.execPath, [join(root, 'scripts', 'run.mjs'), 'build', '--bogus'], { encoding: 'utf8' })
    expect(status).toBe(1)
    expect(stderr.trim()).toMatch(/^Unknown option '--bogus'.*\.$/)
  })
})

describe('a browser', () => {
  // As glibc's loader said it of Debian's Chromium in a folder without its libraries, and musl's says it.
  const lacking = [
    { stderr: '/usr/lib/chromium/chromium: error while loading shared libraries: libglib-2.0.so.0: cannot open shared object file: No such file or directory\n', library: 'libglib-2.0.so.0' },
    { stderr: 'Error loading shared library libnss3.so: No such file or directory (needed by /opt/chrome)\nError relocating /opt/chrome: PK11_Encrypt: symbol not found\n', library: 'libnss3.so' },
  ]

  it.each(lacking)('that lacks $library is said to, with what brings it', ({ stderr, library }) => {
    const words = whyNotStarting('/opt/chrome', { status: 127, stderr }, true)!
    expect(words).toMatch(new RegExp(`^The Chromium in /opt/chrome does not start, because this system lacks ${library} .*install-deps chromium”`))
    expect(words).not.toContain('\n')
    expect(whyNotStarting('/opt/chrome', { status: 127, stderr }, false)).not.toContain('install-deps')
  })

  it('that does not start for another reason is told with the first of its words', () => {
    expect(whyNotStarting('/opt/chrome', { status: 1, stderr: 'no such device\nand a dump\n' })).toMatch(/^[^\n]*\(no such device\)[^\n]*CHROMIUM_PATH[^\n]*$/)
    expect(whyNotStarting('/opt/chrome', { status: null, error: new Error('spawn EACCES') })).toContain('(spawn EACCES)')
    expect(whyNotStarting('/opt/chrome', { status: 0, stderr: 'a warning' })).toBeUndefined()
  })

  it('and other packages of the system are named with the reason before they come', () => {
    const done: string[] = []
    install(['poppler-utils', 'qpdf'], 'the tests read PDFs with them', { say: words => done.push(words), run: (command, args) => done.push([command, ...args].join(' ')) })
    expect(done[0]).toBe('Installing the system’s packages poppler-utils and qpdf with apt-get: the tests read PDFs with them …')
    expect(done.at(-1)).toMatch(/^apt-get install .* poppler-utils qpdf$/)
  })
})

describe('the lock of a set-up', () => {
  const lock = () => join(folder, 'setup.lock')
  const ended = spawnSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }).stdout.trim()

  it.each([['empty', ''], ['cut off', '\0'], ['of a process that is gone', ended]])('counts for nothing when it is %s', (_, text) => {
    writeFileSync(lock(), text)
    utimesSync(lock(), 1000, 1000)
    const endTurn = takeTurn(lock(), 0)
    expect(readFileSync(lock(), 'utf8')).toBe(String(process.pid))
    endTurn()
    expect(existsSync(lock())).toBe(false)
  })

  it('counts while its number is being written', () => {
    writeFileSync(lock(), '')
    expect(holderOf(lock())).toBe('Another command')
    expect(holderOf(lock(), Date.now() + 60_000)).toBe('nobody')
  })

  it('is waited for to a limit, when its process lives', () => {
    writeFileSync(lock(), String(process.pid))
    expect(() => takeTurn(lock(), 0)).toThrow(`Another command (process ${process.pid}) has been setting up for 0 minutes`)
    expect(existsSync(lock())).toBe(true)
  })
})

describe('what is kept', () => {
  it('of built decks is the newest few of each kind, and nothing that was cut off', async () => {
    const hour = 3_600_000
    const now = Date.now()
    const make = (name: string, age: number) => {
      mkdirSync(join(folder, name))
      utimesSync(join(folder, name), (now - age) / 1000, (now - age) / 1000)
    }
    for (let i = 0; i < 6; i++)
      make(`deck-${i}`, i * hour)
    make('deck-short-9', 9 * hour)
    make('deck-7.unfinished-1', 2 * hour)
    make('deck-8.unfinished-1', 1000)
    make('node', 9 * hour)
    // The oldest is the one in use.
    await keepNewestDecks(join(folder, 'deck-5'), now)
    expect(readdirSync(folder).sort()).toEqual(['deck-0', 'deck-1', 'deck-5', 'deck-8.unfinished-1', 'deck-short-9', 'node'])
  })

  it('of packed sources is nothing where git fails, or has nothing', () => {
    const file = join(folder, 'sources.zip')
    for (const history of [false, true]) {
      writeFileSync(file, 'of an older version')
      if (history)
        mkdirSync(join(folder, '.git'))
      if (history)
        expect(() => packSources(folder, file)).toThrow(/^The sources cannot be packed into .*git/)
      else
        packSources(folder, file)
      expect(existsSync(file)).toBe(false)
    }
  })
})
