/** Makes the worker that experiments run in; in a deck of one file the worker itself stands here (setup/vite/single-file.ts). */
import { startWorker } from '#live-figures'
import file from './run.worker.ts?worker&url'

export default function makeWorker(): Worker {
  return startWorker(file)
}
