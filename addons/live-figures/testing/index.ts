/**
 * For the tests of a deck: mounts figures without Slidev, and looks into what they share. The tests' Vite puts
 * slidev-client.ts in the place of `@slidev/client` (README.md).
 */
export { keepAddress } from '../figure/address.ts'
export { accept, read, write } from '../figure/fields.ts'
export { sharedFigures } from '../figure/shared.ts'
export { movableFigures } from '../figure/state.ts'
export type { MountedFigure, MountOptions } from './mount.ts'
export { brokenValues, mountFigure } from './mount.ts'
