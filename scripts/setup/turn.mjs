// @ts-check
/** One command at a time sets a clone up: two that install at once would empty each other's folder. */
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import process from 'node:process'
import { say } from './processes.mjs'

/** Whoever makes the file writes their number into it at once; what is still empty after this was left so by a crash. */
const writingMs = 5000

/**
 * Waits for its turn. The file holds the number of the process whose turn it is; one that is gone has lost it.
 * @param {string} lockFile
 * @param {number} [minutes] how long to wait for a process that lives
 * @returns {() => void} ends the turn, which the end of the process does too
 * @throws Error naming that process and the file when the time is over
 */
export function takeTurn(lockFile, minutes = 20) {
  mkdirSync(dirname(lockFile), { recursive: true })
  const end = Date.now() + minutes * 60_000
  for (let waited = false; !claim(lockFile); waited = true) {
    const holder = holderOf(lockFile)
    if (holder === 'nobody') {
      rmSync(lockFile, { force: true })
      continue
    }
    if (Date.now() >= end)
      throw new Error(`${holder} has been setting up for ${minutes} minutes; end it, or delete ${lockFile} if it does something else.`)
    if (!waited)
      say(`${holder} is setting up; waiting for it …`)
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200)
  }
  const endTurn = () => {
    process.removeListener('exit', endTurn)
    rmSync(lockFile, { force: true })
  }
  process.once('exit', endTurn)
  return endTurn
}

/** Whether the file could be made, with our number in it. */
function claim(/** @type {string} */ lockFile) {
  try {
    writeFileSync(lockFile, String(process.pid), { flag: 'wx' })
    return true
  }
  catch (error) {
    if (codeOf(error) === 'EEXIST')
      return false
    throw error
  }
}

/**
 * Whose turn it is, in words.
 * @param {string} lockFile
 * @param {number} [now] in milliseconds
 * @returns {string} “nobody” where the file is gone, or was left by a process that is
 */
export function holderOf(lockFile, now = Date.now()) {
  try {
    const number = readFileSync(lockFile, 'utf8')
    // Number 0 would ask after ourselves.
    if (!/^[1-9]\d*$/.test(number))
      return now - statSync(lockFile).mtimeMs < writingMs ? 'Another command' : 'nobody'
    try {
      process.kill(Number(number), 0)
    }
    catch (error) {
      // Somebody else's process may not be asked, but it lives.
      if (codeOf(error) !== 'EPERM')
        return 'nobody'
    }
    return `Another command (process ${number})`
  }
  catch (error) {
    if (codeOf(error) === 'ENOENT')
      return 'nobody'
    throw error
  }
}

const codeOf = (/** @type {unknown} */ error) => /** @type {NodeJS.ErrnoException} */ (error).code
