/** Names of Slidev's that are no public interface; contract.ts says why each is used, and a test holds them to the installed client. */
import type { RouteRecordNameGeneric } from 'vue-router'

/** Whether a route shows a slide of the talk, to the audience or to the speaker. */
export const isSlideRoute = (name: RouteRecordNameGeneric): boolean => name === 'play' || name === 'presenter'

/** What Slidev itself asks for in addresses. */
export const queryKeys: readonly string[] = ['clicks', 'embedded', 'password', 'print', 'range']

/** The path of a slide, by its alias or its number. */
export const slidePath = (name: string, presenter: boolean): string => presenter ? `/presenter/${name}` : `/${name}`

/** The element of each slide's layout. */
export const slideLayout = '.slidev-layout'

/** What holds the slide of a window's main view, at the size of the window. */
export const slideContainer = '#slide-container'

/** Under which Slidev keeps the height of the presenter view's notes, in pixels, once the speaker has dragged it. */
export const notesHeightKey = 'slidev-presenter-notes-row-size'
