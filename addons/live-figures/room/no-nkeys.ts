/**
 * In the place of @nats-io/nkeys in a page: a presenter's window signs the engine's challenge itself (keys.ts), and a second
 * library of signatures would be a sixth of all that a follower loads.
 */
export {}
