import { recurringOf } from '#server/catalog/schema.recurring.ts'
import type { Fees } from '#server/catalog/schema.ts'
import type { Locale } from '#server/kernel/locale.ts'
import { sum, toDecimal } from '#server/kernel/money.ts'
import type { Hold } from '#server/numbers/schema.ts'
import { isServed, type OrderState } from './order-states.ts'
import type { HoldView, NumberChoice, OrderView, PlanView } from './schema.ts'

/** A text in the language asked for, else in English, else in whichever there is. */
export const inLocale = <T>(texts: Readonly<Record<string, T>>, locale: Locale): T | undefined =>
  texts[locale] ?? texts.en ?? Object.values(texts)[0]

type Plan = Readonly<{
  code: string
  name: string
  headline: Readonly<Record<string, string>>
  features: Readonly<Record<string, string[]>>
  kind: 'line' | 'pbx'
  subscription: number | null
}>

export const planView = (
  plan: Plan,
  fees: readonly Fees[],
  currency: string,
  locale: Locale,
): PlanView => ({
  code: plan.code,
  name: plan.name,
  headline: inLocale(plan.headline, locale) ?? '',
  features: inLocale(plan.features, locale) ?? [],
  kind: plan.kind,
  activation: toDecimal(sum(fees.map((fee) => fee.activationFee))),
  recurring: recurringOf(fees),
  per: plan.subscription === null ? 'line' : 'package',
  currency,
})

export const holdView = (hold: Hold): HoldView => ({
  number: hold.number,
  city: hold.city,
  until: hold.until.toISOString(),
  extended: hold.extended,
  lapsed: hold.lapsed,
})

type Order = Readonly<{
  state: OrderState
  key: string
  challengeUrl: string | null
  failureCode: string | null
}>

/** An order that is being undone is still being worked on: another one has to wait for it. */
const shown = (state: OrderState): OrderView['state'] =>
  isServed(state)
    ? 'completed'
    : state === 'failed' || state === 'action_required'
      ? state
      : 'working'

const work: Partial<Record<OrderState, NonNullable<OrderView['doing']>>> = {
  submitted: 'authorizing',
  authorized: 'setting_up',
  voiding: 'undoing',
}

export const orderView = (order: Order, alternatives: NumberChoice[]): OrderView => ({
  state: shown(order.state),
  doing: work[order.state] ?? null,
  key: order.key,
  challengeUrl: order.challengeUrl,
  failure: order.state === 'failed' ? order.failureCode : null,
  alternatives,
})
