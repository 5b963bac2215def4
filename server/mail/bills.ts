import { formatDay } from '#server/kernel/civil.ts'
import { formatMoney, type Money, zero } from '#server/kernel/money.ts'
import { fill } from '#server/kernel/text.ts'
import { catalogue, type Mail, type MailFrame } from '#server/mail/mails.ts'
import type { MailMessages } from '#server/mail/messages/en.ts'
import { type Bill, billKinds, type CardName, type Paying } from '#server/mail/schema.ts'
import { layout, oneLine } from '#server/mail/template.ts'

type Words = MailMessages['bills']
type Label = keyof Words['labels']

/** A mail about money: what it is, how much, until when, and the way to do something about it. */
export function billMail(
  given: MailFrame & Readonly<{ company: string; billingUrl?: string; bill: Bill }>,
): Mail {
  const { bill, billingUrl } = given
  const { language, texts } = catalogue(given.locale)
  const words = texts.bills
  const { heading, body } = words.said[whatOf(bill)]
  const facts = factsOf(bill, language)
  const values = {
    brand: oneLine(given.brand.title),
    company: oneLine(given.company),
    // How much, where that isn't a row of its own.
    amount: 'amount' in bill ? formatMoney(bill.amount, bill.currency, language) : '',
    ...payingTexts(bill, language),
    ...Object.fromEntries(facts.map(({ name, value }) => [placeOf[name] ?? name, value])),
  }
  const canBeOff = billKinds.some((kind) => kind === bill.kind)

  return {
    subject: `${oneLine(fill(heading, values))} · ${values.brand}`,
    ...layout({
      brand: given.brand,
      locale: language,
      preheader: fill(body, values),
      heading: fill(heading, values),
      paragraphs: [fill(body, values)],
      facts: facts.map(({ name, value }) => ({ label: words.labels[name], value })),
      ...(billingUrl && { button: { label: words.button, url: billingUrl } }),
      ...(canBeOff && { closing: [words.settings] }),
      footer: fill(texts.footer, values),
    }),
  }
}

/** Where a row's value stands in a sentence, under a name of its own. */
const placeOf: Partial<Record<Label, string>> = { invoice: 'number', balance: 'amount' }

function whatOf(bill: Bill): keyof Words['said'] {
  switch (bill.kind) {
    case 'invoice_issued':
      return issuedAs(bill)
    case 'payment_failed':
      if (bill.why === 'asked') return 'payment_failed_asked'
      return bill.nextTryOn ? 'payment_failed' : 'payment_failed_last'
    case 'invoice_overdue':
      return bill.suspendsOn ? 'invoice_overdue_last' : 'invoice_overdue'
    default:
      return bill.kind
  }
}

type Issued = Extract<Bill, { kind: 'invoice_issued' }>

const paysOf = ({ pays, amount }: Issued): Paying =>
  pays ?? { charged: amount, along: zero, little: false }

function issuedAs(bill: Issued): keyof Words['said'] {
  const { charged, along, little } = paysOf(bill)
  if (charged <= zero) return 'invoice_issued_nothing'
  if (!bill.card) return 'invoice_issued'
  if (little) return 'invoice_issued_little'
  return along > zero ? 'invoice_issued_along' : 'invoice_issued_card'
}

function payingTexts(bill: Bill, language: string): Record<string, string> {
  if (bill.kind !== 'invoice_issued') return {}
  const { charged, along } = paysOf(bill)
  const text = (amount: Money) => formatMoney(amount, bill.currency, language)
  return { charged: text(charged), along: text(along) }
}

type Fact = Readonly<{ name: Label; value: string }>

function factsOf(bill: Bill, language: string): Fact[] {
  const money = (amount: Money, currency: string) => formatMoney(amount, currency, language)
  const fact = (name: Label, value: string | null): Fact[] => (value ? [{ name, value }] : [])
  const card = (name: CardName | null) => fact('card', name && cardText(name))
  const day = (name: Label, on: Parameters<typeof formatDay>[0] | null) =>
    fact(name, on && formatDay(on, language, 'long'))
  switch (bill.kind) {
    case 'invoice_issued': {
      const rows = [
        ...fact('invoice', bill.number),
        ...fact('amount', money(bill.amount, bill.currency)),
      ]
      return paysOf(bill).charged <= zero
        ? rows
        : [...rows, ...day('due', bill.dueOn), ...card(bill.card)]
    }
    case 'invoice_paid':
      return [
        ...fact('invoice', bill.number),
        ...fact('amount', money(bill.amount, bill.currency)),
        ...day('paidOn', bill.paidOn),
        ...card(bill.card),
      ]
    case 'payment_failed':
      return [
        ...fact('invoice', bill.number),
        ...fact('amount', money(bill.amount, bill.currency)),
        ...card(bill.card),
        ...day('nextTry', bill.nextTryOn),
      ]
    case 'invoice_overdue':
      return [
        ...fact('invoice', bill.number),
        ...fact('amount', money(bill.amount, bill.currency)),
        ...day('due', bill.dueOn),
        ...day('suspends', bill.suspendsOn),
      ]
    case 'service_suspended':
      return fact('amount', money(bill.amount, bill.currency))
    case 'service_restored':
      return []
    case 'card_expiring':
      return [...card(bill.card), ...fact('expires', monthText(bill, language))]
    case 'balance_warning':
    case 'credit_limit_reached':
      return [
        ...fact('balance', money(bill.amount, bill.currency)),
        ...fact('limit', money(bill.limit, bill.currency)),
      ]
  }
}

const brands: Readonly<Record<string, string>> = {
  visa: 'Visa',
  mastercard: 'Mastercard',
  amex: 'American Express',
}

const cardText = ({ brand, last4 }: CardName): string => `${brands[brand] ?? brand} ···· ${last4}`

/** 'November 2026'. */
const monthText = ({ month, year }: Readonly<{ month: number; year: number }>, language: string) =>
  new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    Date.UTC(year, month - 1, 15),
  )
