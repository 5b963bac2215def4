import type { CivilDate } from '#server/kernel/civil.ts'
import type { DecimalString } from '#server/kernel/money.ts'

/** '2026-11'. */
export type Month = string

/** What comes in, in one currency: no two of them are ever added up. */
export type Revenue = {
  currency: string
  /** Twelve, the present one last. */
  months: { month: Month; invoiced: DecimalString; received: DecimalString }[]
  /** On invoices that are not paid; of that, what should have been. */
  open: DecimalString
  openInvoices: number
  overdue: DecimalString
  overdueInvoices: number
  /** What subscriptions that run come to in a month, before discounts and tax. */
  monthly: DecimalString
  plans: { plan: string; subscriptions: number; monthly: DecimalString }[]
  /** Whoever has most open: five at most. */
  debtors: {
    customer: number
    name: string
    open: DecimalString
    /** The oldest of theirs is to be paid by. */
    dueFirst: CivilDate
    isOverdue: boolean
  }[]
}
