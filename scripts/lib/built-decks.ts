/** The built decks in .cache/: of each kind the few that were used last are kept, so that the folder does not grow. */
import { readdir, rm, stat, utimes } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** So many of each kind: another command may be using the one before. */
export const keptDecks = 3

/** What is under way is left alone for so long. */
const buildingMs = 3_600_000

/**
 * Notes that a deck is in use, and removes the others of its kind but the newest, and builds that were cut off.
 * @param folder the deck, in a folder named `deck-<kind>-<hash>`
 */
export async function keepNewestDecks(folder: string, now = Date.now()): Promise<void> {
  await utimes(folder, now / 1000, now / 1000)
  const cache = dirname(folder)
  const entries = await Promise.all((await readdir(cache)).filter(name => name.startsWith('deck-')).map(async name => ({
    name,
    // Another command may be removing it too.
    usedAt: await stat(join(cache, name)).then(({ mtimeMs }) => mtimeMs, () => now),
  })))
  const unfinished = entries.filter(({ name, usedAt }) => name.includes('.unfinished-') && now - usedAt > buildingMs)
  const ofKind = entries.filter(({ name }) => !name.includes('.unfinished-') && kindOf(name) === kindOf(basename(folder)))
  const old = ofKind.sort((a, b) => b.usedAt - a.usedAt).slice(keptDecks)
  for (const { name } of [...unfinished, ...old])
    await rm(join(cache, name), { recursive: true, force: true })
}

const kindOf = (name: string) => name.slice(0, name.lastIndexOf('-'))
