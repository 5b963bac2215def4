/** Mails about what happens at a company; each person decides which of them they want. */
export const noticeKinds = [
  'bulk_applied',
  'line_decided',
  'line_blocked',
  'agreement_changed',
] as const
export type NoticeKind = (typeof noticeKinds)[number]

/** Mails about access. They can't be switched off: nobody who gets in may keep the owner from hearing of it. */
export const securityKinds = ['password_changed', 'invitation'] as const

/** What a notice tells. */
export type Notice =
  | Readonly<{ kind: 'bulk_applied'; fileName: string; extensions: number }>
  | Readonly<{
      kind: 'line_decided'
      decision: 'approved' | 'rejected'
      lines: readonly string[]
      reason?: string
    }>
  | Readonly<{
      kind: 'line_blocked'
      change: 'blocked' | 'planned' | 'unblocked' | 'cancelled'
      lines: readonly string[]
      reason?: string
    }>
  | Readonly<{
      kind: 'agreement_changed'
      product: string
      /** Null is unlimited, undefined that the product isn't in it. */
      before: number | null | undefined
      after: number | null | undefined
    }>
