/** Where a deck stands: the name under which its windows find each other, and what a browser keeps for it. */
import { expect, it } from 'vitest'
import { deckPath } from '../slidev/deck.ts'

it.each([
  ['the development server, whose router keeps the slide in the path', '/', ['http://localhost:3030/1', 'http://localhost:3030/presenter/loss?clicks=2'], '/'],
  ['the development server under a path', '/talk/', ['http://localhost:3030/talk/3', 'http://localhost:3030/talk/presenter/loss'], '/talk/'],
  ['a built deck, whose router keeps the slide behind a #', './', ['https://host.example/deck/#/1', 'https://host.example/deck/index.html?at=2#/presenter/loss'], '/deck/'],
])('is the same on all slides of %s', (_, base, addresses, path) => {
  expect(addresses.map(address => deckPath(base, address))).toEqual(addresses.map(() => path))
})
