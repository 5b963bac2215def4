/** Whether calls are waiting for a server that is away; the banner listens. */
let waiting = 0
const listeners = new Set<() => void>()

export const connection = {
  isWaiting: () => waiting > 0,

  subscribe(listener: () => void): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },

  /** Says that one call waits; the returned function says that it no longer does. */
  wait(): () => void {
    let over = false
    change(1)
    return () => {
      if (over) return
      over = true
      change(-1)
    }
  },
}

function change(by: 1 | -1): void {
  waiting += by
  for (const listener of listeners) listener()
}
