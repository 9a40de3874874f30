/** Makes the worker that experiments run in; in a deck of one file the worker itself stands here (setup/vite/single-file.ts). */
import file from './run.worker.ts?worker&url'

export default function makeWorker(): Worker {
  try {
    return new Worker(file, { type: 'module' })
  }
  catch {
    // A sandboxed frame has no origin and may run no worker from a file, but a plain one from a text of its own, which may
    // load that file, at once: what is asked of it is already waiting. WebAssembly is forbidden there as in the page, and
    // the experiment runs in TypeScript.
    const text = `importScripts(${JSON.stringify(new URL(file, location.href))})`
    return new Worker(URL.createObjectURL(new Blob([text], { type: 'text/javascript' })))
  }
}
