/**
 * Runs before anything else. On a slow line something can be pressed before the scripts are there that
 * know what to do: a form would load the page anew and lose what was typed, a button would do nothing,
 * and the keys of the command menu would be the browser's.
 */
export const keepEarlyPress = `addEventListener('submit', (event) => {
  if (event.target.dataset.live) return
  event.preventDefault()
  window.porticoPressed = { element: event.target, event }
}, true)
addEventListener('click', (event) => {
  if (window.porticoLive) return
  const element = event.target.closest('button[type=button]:not([popovertarget])')
  if (element) window.porticoPressed = { element, event }
}, true)
addEventListener('keydown', (event) => {
  if (window.porticoLive || event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return
  const element = document.querySelector('button[aria-keyshortcuts~="Control+K"]')
  if (!element) return
  event.preventDefault()
  window.porticoPressed = { element, event }
})`

declare global {
  // biome-ignore lint/style/useConsistentTypeDefinitions: augmenting the DOM's own interface
  interface Window {
    /** Set by `keepEarlyPress`: the form or button that was pressed too early, the last one. */
    porticoPressed?: Readonly<{ element: HTMLElement; event: Event }> | undefined
    /** The page has its scripts: a press is React's from now on. */
    porticoLive?: boolean
  }
}

/** What was pressed too early, if it is what `is` looks for; it is told once. */
export function takePressed(is: (element: HTMLElement) => boolean): HTMLElement | undefined {
  const pressed = window.porticoPressed
  if (!pressed || !is(pressed.element)) return undefined

  window.porticoPressed = undefined
  // It is being pressed this moment: React came to life because of it, and hears of it as well.
  return pressed.event.eventPhase === Event.NONE ? pressed.element : undefined
}

/**
 * For a form as it comes to life: its own script is there. What was pressed before is done now, once
 * what was typed has been read.
 */
export function pressedEarly(form: HTMLFormElement | null): void {
  if (!form) return
  form.dataset.live = 'true'
  if (takePressed((element) => element === form)) setTimeout(() => form.requestSubmit())
}
