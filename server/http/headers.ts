import { randomBytes } from 'node:crypto'

/** What a page may load and do. Scripts run with this response's nonce, and no others. */
export const contentSecurityPolicy = (nonce: string, gatewayOrigin: string, development: boolean) =>
  [
    "default-src 'self'",
    // 'strict-dynamic': scripts that ours load. Hot reload evaluates code, in development alone.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    // Positions of menus and tool tips are written to style attributes.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${development ? ' ws:' : ''}`,
    `frame-src ${gatewayOrigin}`,
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')

export const newNonce = () => randomBytes(16).toString('base64')

/** Headers of every answer, whoever makes it. */
export const commonHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=()',
  'x-frame-options': 'DENY',
} as const
