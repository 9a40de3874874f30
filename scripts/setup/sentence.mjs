// @ts-check
/**
 * An error that somebody can do something about ends in its words alone; only what a mistake in the code throws comes with
 * its stack. Imported for that effect, once a process.
 */
import process from 'node:process'
import { inspect } from 'node:util'
import { isMainThread } from 'node:worker_threads'

/** What is printed of an error. */
export function wordsFor(/** @type {unknown} */ error) {
  const isMistake = [TypeError, ReferenceError, SyntaxError].some(kind => error instanceof kind)
  return error instanceof Error && !isMistake ? error.message : inspect(error)
}

// The workers of a tool tell their errors to the tool.
if (isMainThread && !process.send) {
  process.on('uncaughtException', (error) => {
    process.stderr.write(`\n${wordsFor(error)}\n`)
    process.exit(1)
  })
}
