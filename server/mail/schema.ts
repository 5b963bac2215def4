import type { CivilDate } from '#server/kernel/civil.ts'
import type { Money } from '#server/kernel/money.ts'

/** Mails about bills that somebody may do without: self-care says the same. */
export const billKinds = [
  'invoice_issued',
  'invoice_paid',
  'card_expiring',
  'balance_warning',
] as const

/** Mails about money that service depends on. They can't be switched off. */
export const duesKinds = [
  'payment_failed',
  'invoice_overdue',
  'credit_limit_reached',
  'service_suspended',
  'service_restored',
] as const

/** Mails about what happens at a company; each person decides which of them they want. */
export const noticeKinds = [
  'bulk_applied',
  'line_decided',
  'line_blocked',
  'agreement_changed',
  ...billKinds,
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

/** A card as people know it: its brand and last digits. */
export type CardName = Readonly<{ brand: string; last4: string }>

type Owed = Readonly<{ amount: Money; currency: string }>
type OfInvoice = Owed & Readonly<{ number: string }>

/** `charged` is without what credit has paid, and with what is taken `along` of earlier invoices. */
export type Paying = Readonly<{
  charged: Money
  along: Money
  /** Perhaps less than a card is charged at once: then it waits for the next one. */
  little: boolean
}>

/** What a mail about money tells. Amounts are never below zero, but for a credit note's total. */
export type Bill =
  | (OfInvoice &
      Readonly<{
        kind: 'invoice_issued'
        dueOn: CivilDate
        /** Charged by itself on `dueOn`; null is to be paid by hand. */
        card: CardName | null
        /** What paying it takes, where that may be another amount than its total. */
        pays?: Paying
      }>)
  | (OfInvoice & Readonly<{ kind: 'invoice_paid'; paidOn: CivilDate; card: CardName | null }>)
  | (OfInvoice &
      Readonly<{
        kind: 'payment_failed'
        card: CardName
        /** The bank said no, or wanted to ask the card's holder, who wasn't there. */
        why: 'declined' | 'asked'
        /** The next try; null where there is none, and paying is left to a person. */
        nextTryOn: CivilDate | null
      }>)
  | (OfInvoice &
      Readonly<{
        kind: 'invoice_overdue'
        dueOn: CivilDate
        /** When service stops unless it is paid; null where it doesn't. */
        suspendsOn: CivilDate | null
      }>)
  | (Owed & Readonly<{ kind: 'service_suspended' }>)
  | Readonly<{ kind: 'service_restored' }>
  /** Its last month, as on the card: 11, 2026. */
  | Readonly<{ kind: 'card_expiring'; card: CardName; month: number; year: number }>
  /** `amount` is the balance. */
  | (Owed & Readonly<{ kind: 'balance_warning'; limit: Money }>)
  | (Owed & Readonly<{ kind: 'credit_limit_reached'; limit: Money }>)
