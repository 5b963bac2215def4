/**
 * Runs before anything else. On a slow line something can be pressed before the scripts are there that
 * know what to do: a form would load the page anew and lose what was typed, a button would do nothing,
 * and the keys of the command menu would be the browser's.
 */
export const keepEarlyPress = `addEventListener('submit', (event) => {
  if (event.target.dataset.live) return
  event.preventDefault()
  window.porticoPressed = event.target
}, true)
addEventListener('click', (event) => {
  if (window.porticoLive) return
  const button = event.target.closest('button[type=button]:not([popovertarget])')
  if (button) window.porticoPressed = button
}, true)
addEventListener('keydown', (event) => {
  if (window.porticoLive || event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return
  const button = document.querySelector('button[aria-keyshortcuts~="Control+K"]')
  if (!button) return
  event.preventDefault()
  window.porticoPressed = button
})`

declare global {
  // biome-ignore lint/style/useConsistentTypeDefinitions: augmenting the DOM's own interface
  interface Window {
    /** Set by `keepEarlyPress`: the form or button that was pressed too early, the last one. */
    porticoPressed?: HTMLElement | undefined
    /** The page has its scripts: a press is React's from now on. */
    porticoLive?: boolean
  }
}

/**
 * For a form as it comes to life: its own script is there. What was pressed before is done now, once
 * what was typed has been read.
 */
export function pressedEarly(form: HTMLFormElement | null): void {
  if (!form) return
  form.dataset.live = 'true'
  if (window.porticoPressed !== form) return

  window.porticoPressed = undefined
  setTimeout(() => form.requestSubmit())
}
