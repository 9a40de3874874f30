/** A command of the project that serves the deck, started as a speaker starts it. */
import type { ChildProcess } from 'node:child_process'
import type { IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { spawn } from 'node:child_process'
import { request } from 'node:http'
import { createServer } from 'node:net'
import { join } from 'node:path'
import process from 'node:process'
import { root } from '../../talk/slides.ts'

export interface Started {
  port: number
  /** What it has printed. */
  said: () => string
  end: () => Promise<void>
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}

/**
 * Starts a command, and waits until it answers at its port.
 * @param patience how long it may take, in milliseconds; with a build in it, minutes
 */
export async function startCommand(command: string, options: readonly string[], patience = 30_000): Promise<Started> {
  const port = await freePort()
  const child = spawn(process.execPath, [join(root, 'scripts', 'run.mjs'), command, '--port', String(port), ...options], { cwd: root, env: { ...process.env, CI: 'true', NODE_ENV: undefined }, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', chunk => (said += String(chunk)))
  const answers = () => ask(port, '/').then(({ status }) => status === 200, () => false)
  for (const end = Date.now() + patience; !await answers(); await new Promise(resolve => setTimeout(resolve, 200))) {
    if (Date.now() > end || child.exitCode !== null) {
      child.kill()
      throw new Error(`The deck does not start: ${said}`)
    }
  }
  return { port, said: () => said, end: () => endOf(child) }
}

/** Asks a server of this machine, with the path as it is written, and under any name. */
export function ask(port: number, path: string, { method = 'GET', host = `localhost:${port}`, headers = {}, send = '' } = {}): Promise<{ status: number | undefined, headers: IncomingHttpHeaders, body: string }> {
  return new Promise((resolve, reject) => {
    request({ host: 'localhost', port, path, method, headers: { host, ...headers } }, (response) => {
      let body = ''
      response.on('data', chunk => (body += String(chunk)))
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body }))
    }).on('error', reject).end(send)
  })
}

async function endOf(child: ChildProcess): Promise<void> {
  const ended = new Promise(resolve => child.once('exit', resolve))
  child.kill()
  await ended
}
