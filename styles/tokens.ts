/** The deck's tokens for pages that are written without its style sheets: the page to read, the page of downloads, the head. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8')

/** The declarations of tokens.css: light, dark, and where the system forces its own colours. */
export const tokens = {
  light: block(/^:root \{([^}]+)\}/m),
  dark: block(/html\.dark \{([^}]+)\}/),
  forced: block(/forced-colors: active\) \{[^{]+\{([^}]+)\}/),
}

/** The tokens as rules of a page that is light or dark as its reader's system asks. */
export const tokenRules = `:root {${tokens.light}}
@media screen and (prefers-color-scheme: dark) { :root {${tokens.dark}} }
@media (forced-colors: active) { :root {${tokens.forced}} }`

function block(pattern: RegExp): string {
  const found = pattern.exec(css)?.[1]
  if (!found)
    throw new Error(`styles/tokens.css has no block ${pattern} any more: see what styles/tokens.ts takes from it.`)
  return found.replace(/\s*\/\*[\s\S]*?\*\//g, '')
}
