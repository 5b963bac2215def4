import { randomBytes } from 'node:crypto'
import type { ClientConfig } from '#server/payments/gateway.ts'

/**
 * What is the gateway's, and a page may load, show and call. Stripe's own list:
 * https://docs.stripe.com/security/guide#content-security-policy
 */
function originsOf(cards: ClientConfig): Record<'scripts' | 'frames' | 'calls', readonly string[]> {
  if (cards.kind === 'simulator') {
    return { scripts: [], frames: [new URL(cards.fieldsUrl).origin], calls: [] }
  }
  const scripts = ['https://js.stripe.com', 'https://*.js.stripe.com']
  if (!cards.scriptUrl) {
    const frames = [...scripts, 'https://hooks.stripe.com']
    return { scripts, frames, calls: ['https://api.stripe.com'] }
  }
  const standIn = [new URL(cards.scriptUrl).origin]
  return { scripts: standIn, frames: standIn, calls: standIn }
}

/** What a page may load and do. Scripts run with this response's nonce, and no others. */
export function contentSecurityPolicy(nonce: string, cards: ClientConfig, development: boolean) {
  const { scripts, frames, calls } = originsOf(cards)
  const among = (...sources: readonly string[]) => sources.join(' ')
  return [
    "default-src 'self'",
    // 'strict-dynamic': scripts that ours load. Hot reload evaluates code, in development alone.
    among(
      `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
      ...scripts,
      ...(development ? ["'unsafe-eval'"] : []),
    ),
    // Positions of menus and tool tips are written to style attributes.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    among("connect-src 'self'", ...calls, ...(development ? ['ws:'] : [])),
    among('frame-src', ...frames),
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

export const newNonce = () => randomBytes(16).toString('base64')

/** Headers of every answer, whoever makes it. */
export const commonHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=()',
  'x-frame-options': 'DENY',
} as const
