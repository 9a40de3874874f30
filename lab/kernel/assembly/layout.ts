/**
 * Where everything lies in the kernel's memory. All addresses are constants, so that the compiler folds them into the
 * instructions. Eight units stand side by side: a row of eight weights is two 128-bit vectors.
 *
 *   parameters, moments, average, gradient   [units / 8][columns + 2][8], then one vector with the output bias in lane 0;
 *                                            row 0 holds biases, rows 1 … columns the weights, the last the output weights
 *   examples                                 [blocks][columns + 1][16], row `columns` holds the targets
 *   active                                   [units / 8][16][8]
 */

/** Bytes of a 128-bit vector. */
export const VECTOR: usize = 16
/** Bytes of a row of eight units. */
export const ROW: usize = 32
/** Examples a block; a block is a mini-batch. */
export const BLOCK: usize = 16
/** Bytes of one column of a block of examples. */
export const COLUMN: usize = 4 * BLOCK
/** Bytes of the activations of eight units. */
export const ACTIVE_GROUP: usize = BLOCK * ROW

/** Most units, a multiple of 8. */
export const MAX_UNITS: usize = 256
/** Most columns of the table. */
export const MAX_COLUMNS: usize = 32
/** Bytes of the examples: 2,048 of them at the most columns. */
export const EXAMPLES_BYTES: usize = 128 * (MAX_COLUMNS + 1) * COLUMN

const WEIGHTS_BYTES: usize = MAX_UNITS / 8 * (MAX_COLUMNS + 2) * ROW + VECTOR
// Arrays walked together start a few cache lines apart modulo 4 KiB: at equal offsets a load would seem to wait for the
// store to its neighbour.
const STAGGER: usize = 4096 + 256
const WEIGHTS_STRIDE: usize = (WEIGHTS_BYTES + 4095) / 4096 * 4096 + STAGGER

export const PARAMETERS: usize = 1024
export const FIRST_MOMENT: usize = PARAMETERS + WEIGHTS_STRIDE
export const SECOND_MOMENT: usize = FIRST_MOMENT + WEIGHTS_STRIDE
export const AVERAGE: usize = SECOND_MOMENT + WEIGHTS_STRIDE
export const GRADIENT: usize = AVERAGE + WEIGHTS_STRIDE
export const ACTIVE: usize = GRADIENT + WEIGHTS_STRIDE
/** Per example of a block, four partial sums of its prediction. */
export const PARTIAL: usize = ACTIVE + MAX_UNITS / 8 * ACTIVE_GROUP
/** Per example of a block, the slope of the loss by its prediction. */
export const SLOPE: usize = PARTIAL + BLOCK * VECTOR
export const EXAMPLES: usize = SLOPE + COLUMN
export const END: usize = EXAMPLES + EXAMPLES_BYTES

/** Bytes of the parameters of one group of eight units. */
// @ts-ignore: decorator
@inline
export function groupBytes(columns: usize): usize {
  return (columns + 2) * ROW
}
