/** Slidev's public interface, as far as the addon uses it: nothing else of the addon names `@slidev/client`, but for contract.ts and state.ts. */
export { disableBuiltinSync, sharedState, slidesTitle, useIsSlideActive, useNav, useSlideContext } from '@slidev/client'
export type { ListedSlide, SlideContext } from '@slidev/client'
