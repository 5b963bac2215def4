import { afterEach, beforeEach, expect, test } from 'vitest'
import { takePressed } from './early-press.ts'

const button = new EventTarget() as HTMLElement
const other = new EventTarget() as HTMLElement

beforeEach(() => {
  globalThis.window = {} as Window & typeof globalThis
})
afterEach(() => {
  Reflect.deleteProperty(globalThis, 'window')
})

/** Presses the button; `meanwhile` is what others do while they hear of it. */
function press(meanwhile = () => {}): void {
  const event = new Event('click')
  window.porticoPressed = { element: button, event }
  button.addEventListener('click', meanwhile, { once: true })
  button.dispatchEvent(event)
}

test('what was pressed is told once, to whom it concerns', () => {
  press()
  expect(takePressed((element) => element === other)).toBeUndefined()
  expect(takePressed((element) => element === button)).toBe(button)
  expect(takePressed((element) => element === button)).toBeUndefined()
})

test('a press that is being heard this moment is not done a second time', () => {
  let told: unknown = 'nothing yet'
  press(() => {
    told = takePressed(() => true)
  })
  expect(told).toBeUndefined()
  expect(takePressed(() => true)).toBeUndefined()
})
