/** Where things lie in the module's memory: room to work in, then the numbers and integers of the host. */

/** Room for parts of transposed matrices, and for the scores of one head; below it lie the module's own constants. */
export const ROOM: usize = 2048
/** Most queries and most keys of an attention, and the widest head. */
export const MAX_TOKENS: usize = 256
export const MAX_HEAD_WIDTH: usize = 64
/** Bytes of the room: for transposed keys, slopes and first queries (assembly/attention.ts), which is more than A·Bᵀ needs. */
export const ROOM_BYTES: usize = 4 * MAX_TOKENS * (MAX_HEAD_WIDTH + MAX_TOKENS + 1)
/** Where the host's numbers begin, a multiple of 16. */
export const NUMBERS: usize = ROOM + ROOM_BYTES
