/** How a slide is named to those who listen: its number, how many there are, and its heading. */
import type { ListedSlide } from './client.ts'

/**
 * "Slide 7 of 38: Cheap compute is the driving force".
 * @param page page number, from 1
 * @param slides all slides, in order
 */
export function slideName(page: number, slides: readonly ListedSlide[]): string {
  const heading = slides[page - 1]?.meta.slide.title
  return `Slide ${page} of ${slides.length}${heading ? `: ${heading}` : ''}`
}
