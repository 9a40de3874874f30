/**
 * Some browsers have no BroadcastChannel, and Slidev cannot start without one. There a window is alone: it has a channel
 * that nobody hears, and the talk goes on in it.
 */
class UnheardChannel extends EventTarget implements BroadcastChannel {
  readonly name: string
  onmessage = null
  onmessageerror = null

  constructor(name: string) {
    super()
    this.name = name
  }

  postMessage(): void {}

  close(): void {}
}

/** Called once, by setup/main.ts, before windows announce anything. */
export function startAlone(): void {
  globalThis.BroadcastChannel ??= UnheardChannel
}
