/** The compiled modules, which travel inside the bundle as text. */

/**
 * Gives what `make` makes of a module, compiled when it is first asked for; undefined where WebAssembly or its SIMD is
 * missing or forbidden. Compiling is synchronous: the modules are small enough for every engine's main thread.
 */
export function fromModule<Made>(base64: string, make: (module: WebAssembly.Module) => Made): () => Made | undefined {
  // null remembers that it was tried in vain.
  let made: Made | null | undefined
  return () => {
    if (made === undefined) {
      const module = compile(base64)
      made = module ? make(module) : null
    }
    return made ?? undefined
  }
}

/** An engine without SIMD and a page whose policy forbids WebAssembly refuse to compile; an old engine does not know it. */
function compile(base64: string): WebAssembly.Module | undefined {
  try {
    return new WebAssembly.Module(Uint8Array.from(atob(base64), character => character.charCodeAt(0)))
  }
  catch {
    return undefined
  }
}
