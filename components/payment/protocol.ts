/** What the gateway's pages say to the page around them; nothing else they might say is heard. */
export type Heard =
  | Readonly<{ type: 'ready' } | { type: 'enter' } | { type: 'challenge-done' }>
  | Readonly<{ type: 'height'; px: number }>
  | Readonly<{ type: 'token'; id: string; token: string; card: CardSeen }>
  | Readonly<{ type: 'invalid' | 'error'; id: string }>

/** All that is ever known of a card outside the gateway. */
export type CardSeen = Readonly<{ brand: string; last4: string }>

/** Taller than any card form; a frame that asks for more is not what we think it is. */
const tallest = 1_000

type Loose = Readonly<Record<string, unknown>>
const isLoose = (value: unknown): value is Loose => typeof value === 'object' && value !== null

/** Undefined for what isn't a message of the gateway's. */
export function hear(data: unknown): Heard | undefined {
  if (!isLoose(data)) return undefined
  const { type, id, token, card, px } = data

  if (type === 'portico:ready') return { type: 'ready' }
  if (type === 'portico:enter') return { type: 'enter' }
  if (type === 'portico:challenge-done') return { type: 'challenge-done' }
  if (type === 'portico:height' && typeof px === 'number' && px > 0)
    return { type: 'height', px: Math.min(px, tallest) }

  if (typeof id !== 'string') return undefined
  if (type === 'portico:invalid') return { type: 'invalid', id }
  if (type === 'portico:error') return { type: 'error', id }
  if (type !== 'portico:token' || typeof token !== 'string' || !isLoose(card)) return undefined
  const { brand, last4 } = card
  return typeof brand === 'string' && typeof last4 === 'string' && /^\d{4}$/.test(last4)
    ? { type: 'token', id, token, card: { brand, last4 } }
    : undefined
}

/** The page's look, as the card fields take it. */
export function themeOf(root: HTMLElement): Readonly<Record<string, string>> {
  const style = getComputedStyle(root)
  const token = (name: string) => style.getPropertyValue(name).trim()
  return {
    scheme: schemeOf(root),
    accent: token('--focus'),
    text: token('--foreground'),
    muted: token('--field-placeholder'),
    field: token('--field-background'),
    border: token('--field-border'),
    danger: token('--danger-text'),
    radius: '8px',
  }
}

export const schemeOf = (root: HTMLElement): 'light' | 'dark' =>
  root.dataset.theme === 'dark' ? 'dark' : 'light'
