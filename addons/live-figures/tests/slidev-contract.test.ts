/** What the addon relies on of Slidev stands in the installed client. A failure names what broke, and why it was used. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { contract } from '../slidev/contract.ts'
import { isSlideRoute, notesHeightKey, queryKeys, slideContainer, slideLayout, slidePath } from '../slidev/names.ts'

const addon = join(import.meta.dirname, '..')
const require = createRequire(import.meta.url)
const client = join(require.resolve('@slidev/client/package.json'), '..')

function read(file: string): string {
  const path = file.startsWith('@slidev/client/') ? join(client, file.slice('@slidev/client/'.length)) : join(client, '..', '..', file)
  expect(existsSync(path), `${file} is gone`).toBe(true)
  return readFileSync(path, 'utf8')
}

describe('the installed client', () => {
  it.each(contract.map(({ used, file, ...rest }) => [`${used}: ${file}`, { used, file, ...rest }] as const))('has what %s needs', (_, { used, file, says, why, upstream }) => {
    const source = read(file)
    for (const each of says)
      expect(typeof each === 'string' ? source.includes(each) : each.test(source), `${file} says no more ${each}. slidev/${used} relies on it: ${why} (${upstream})`).toBe(true)
  })

  it('has each name of names.ts where the contract says', () => {
    const said = contract.filter(({ used }) => used === 'names.ts').flatMap(({ says }) => says).join('\n')
    for (const name of [...queryKeys.filter(key => key !== 'print'), slideLayout.slice(1), slideContainer.slice(1), notesHeightKey])
      expect(said).toContain(name)
    expect([isSlideRoute('play'), isSlideRoute('presenter'), isSlideRoute('print'), isSlideRoute(undefined)]).toEqual([true, true, false, false])
    expect([slidePath('loss', false), slidePath('3', true)]).toEqual(['/loss', '/presenter/3'])
  })
})

it('every file that the contract names is there, and no other of the addon names the client', () => {
  for (const { used } of contract)
    expect(existsSync(join(addon, 'slidev', used)), used).toBe(true)
  const naming = readdirSync(addon, { recursive: true, encoding: 'utf8' })
    .filter(file => /\.(?:ts|vue)$/.test(file) && !/^(?:slidev|tests|testing)\//.test(file.replaceAll('\\', '/')) && /from '@slidev\/client/.test(readFileSync(join(addon, file), 'utf8')))
  expect(naming).toEqual([])
})
