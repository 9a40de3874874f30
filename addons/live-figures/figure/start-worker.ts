/**
 * Starts a worker, also where the page has no origin.
 * @param file its address, as `import file from './my.worker.ts?worker&url'` gives it
 */
export function startWorker(file: string): Worker {
  try {
    return new Worker(file, { type: 'module' })
  }
  catch {
    // A sandboxed frame has no origin and may run no worker from a file, but a plain one from a text of its own, which may
    // load that file, at once: what is asked of it is already waiting. WebAssembly is forbidden there as in the page.
    const text = `importScripts(${JSON.stringify(new URL(file, location.href))})`
    return new Worker(URL.createObjectURL(new Blob([text], { type: 'text/javascript' })))
  }
}
