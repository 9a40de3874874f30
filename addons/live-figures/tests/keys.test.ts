/** Who gets the keys and the fingers, held against stand-ins of every kind of control. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { shareKeys } from '../slidev/keys.ts'

let end: () => void
let heard: string[]
const talk = (event: KeyboardEvent) => heard.push(event.key)
const swipes: EventTarget[] = []
const swipe = (event: Event) => swipes.push(event.target!)

beforeEach(() => {
  document.body.innerHTML = `<div class="slidev-layout">
    <button>a button</button><a href="#">a link</a><input type="range"><input type="search"><div tabindex="0">a region</div>
    <p data-control>a grip</p><p>words</p>
  </div><button id="shell">a button of Slidev</button>`
  heard = []
  swipes.length = 0
  end = shareKeys()
  window.addEventListener('keydown', talk)
  document.body.addEventListener('pointerdown', swipe)
})

afterEach(() => {
  end()
  window.removeEventListener('keydown', talk)
  document.body.removeEventListener('pointerdown', swipe)
  document.body.innerHTML = ''
})

function at(selector: string): HTMLElement {
  return document.querySelector<HTMLElement>(selector)!
}

/** Presses a key where the focus is. @returns whether its own effect was prevented, and whether the focus stayed */
function press(selector: string, key: string): { prevented: boolean, kept: boolean } {
  at(selector).focus()
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
  at(selector).dispatchEvent(event)
  return { prevented: event.defaultPrevented, kept: document.activeElement === at(selector) }
}

describe('the keys', () => {
  it('of a clicker turn the page from any control, and never move a slider', () => {
    for (const key of ['PageUp', 'PageDown']) {
      for (const control of ['button', 'a', '[type=range]', '[type=search]', '[tabindex]'])
        expect(press(control, key).kept, `${control}, ${key}`).toBe(false)
      expect(press('[type=range]', key).prevented).toBe(true)
    }
  })

  it('with arrows are a slider’s and a field’s, and of no use to a button or a link', () => {
    for (const key of ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']) {
      expect(press('[type=range]', key), key).toEqual({ prevented: false, kept: true })
      expect(press('[type=search]', key), key).toEqual({ prevented: false, kept: true })
      expect(press('button', key).kept, key).toBe(false)
      expect(press('a', key).kept, key).toBe(false)
    }
  })

  it('come back with Escape, from a field with Enter too, and what was searched for stays', () => {
    for (const control of ['button', 'a', '[type=range]', '[tabindex]'])
      expect(press(control, 'Escape').kept, control).toBe(false)
    heard = []
    for (const key of ['Enter', 'Escape'])
      expect(press('[type=search]', key)).toEqual({ prevented: true, kept: false })
    // Nobody else may take that Escape for the row to close.
    expect(heard).toEqual([])
  })

  it('stay where they are while Escape is spent on something else', () => {
    const spend = (event: KeyboardEvent) => event.preventDefault()
    at('button').addEventListener('keydown', spend)
    expect(press('button', 'Escape').kept).toBe(true)
  })

  it('with a modifier are the browser’s', () => {
    at('button').focus()
    at('button').dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', altKey: true, bubbles: true }))
    expect(document.activeElement).toBe(at('button'))
  })
})

describe('a pointer', () => {
  it('leaves the keys to the talk, from Slidev’s own buttons too; a click by keyboard does not', () => {
    for (const control of ['.slidev-layout button', 'a', '#shell']) {
      at(control).focus()
      at(control).dispatchEvent(new MouseEvent('click', { detail: 0, bubbles: true, cancelable: true }))
      expect(document.activeElement, control).toBe(at(control))
      at(control).dispatchEvent(new MouseEvent('click', { detail: 1, bubbles: true, cancelable: true }))
      expect(document.activeElement, control).toBe(document.body)
    }
  })

  it('that leaves a slider before it is let go leaves the keys too', () => {
    at('[type=range]').focus()
    at('p').dispatchEvent(new PointerEvent('pointerup', { bubbles: true }))
    expect(document.activeElement).toBe(document.body)
  })

  it('in a field lets it be written in, and elsewhere ends that', () => {
    at('[type=search]').focus()
    at('[type=search]').dispatchEvent(new MouseEvent('click', { detail: 1, bubbles: true }))
    expect(document.activeElement).toBe(at('[type=search]'))
    at('p').dispatchEvent(new PointerEvent('pointerup', { bubbles: true }))
    expect(document.activeElement).toBe(document.body)
  })

  it('is kept by the control it goes down on, again and again, and by nothing else', () => {
    for (let time = 0; time < 2; time++) {
      for (const control of ['button', 'a', '[type=range]', '[type=search]', '[tabindex]', '[data-control]'])
        at(control).dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }))
    }
    expect(swipes).toEqual([])
    at('p:not([data-control])').dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }))
    expect(swipes).toHaveLength(1)
  })
})
