/**
 * Runs before anything else. On a slow line a form can be submitted before the scripts are there that
 * know what to do with it: the browser would then load the page anew, and what was typed would be gone.
 */
export const keepEarlyPress = `addEventListener('submit', (event) => {
  if (event.target.dataset.live) return
  event.preventDefault()
  window.porticoPressed = event.target
}, true)`

declare global {
  // biome-ignore lint/style/useConsistentTypeDefinitions: augmenting the DOM's own interface
  interface Window {
    /** Set by `keepEarlyPress`: the form that was submitted too early, the last one. */
    porticoPressed?: EventTarget | undefined
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
