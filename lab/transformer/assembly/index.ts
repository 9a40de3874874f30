/**
 * The arithmetic of lab/transformer/ops.ts in f32 with 128-bit SIMD, for lab/transformer/wasm-ops.ts, which is its only
 * caller and turns element addresses into bytes. Only operations whose result
 * the specification fixes to the bit are used, no relaxed ones.
 */
export { adam } from './adam'
export { attention, attentionBackward, shape } from './attention'
export { product as gemmNN, productTransposed as gemmNT, transposedProduct as gemmTN } from './gemm'
export { MAX_HEAD_WIDTH, MAX_TOKENS, NUMBERS } from './layout'
export { crossEntropy, folds, product } from './loss'
export { copyBlocks, embed, gatherRows, relu, reluBackward, rmsNorm, rmsNormBackward, scatterRows } from './rows'
