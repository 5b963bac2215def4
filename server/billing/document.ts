import type {
  DocumentGroup,
  InvoiceDocument,
  InvoiceFacts,
  PaymentState,
} from '#server/billing/schema.document.ts'
import { addressRule } from '#server/kernel/address.ts'
import { subtract, sum, toDecimal, zero } from '#server/kernel/money.ts'

/** The document that an invoice's rows make: lines by account, a row of tax a rate, what is open. */
export function composeDocument(facts: InvoiceFacts): InvoiceDocument {
  const { lines, taxName, taxNote, net, tax, total, paid, ...rest } = facts
  const asks = facts.state !== 'void' && facts.state !== 'draft'
  const owed = asks ? subtract(total, paid) : zero
  return {
    ...rest,
    kind: total < zero ? 'credit_note' : 'invoice',
    paymentState: paymentStateOf(facts),
    groups: groupsOf(lines),
    taxes: taxesOf(lines, taxName),
    net: toDecimal(net),
    tax: toDecimal(tax),
    total: toDecimal(total),
    paid: toDecimal(paid),
    open: toDecimal(owed),
    notes: taxNote ? [taxNote] : [],
  }
}

function paymentStateOf({ state, total, paid }: InvoiceFacts): PaymentState {
  if (state === 'draft' || state === 'void') return state
  if (total <= zero) return 'nothing_due'
  if (paid >= total) return 'paid'
  if (state === 'overdue') return 'overdue'
  return paid > zero ? 'partly' : 'open'
}

/** The customer's own lines first, then account by account, each where its first line stands. */
function groupsOf(lines: InvoiceFacts['lines']): DocumentGroup[] {
  const byAccount = Map.groupBy(lines, (line) => line.account?.account ?? null)
  const own = byAccount.get(null)
  byAccount.delete(null)
  return [...(own ? [own] : []), ...byAccount.values()].map((group) => ({
    account: group[0]!.account,
    lines: group.map(({ account: _, ...line }) => ({
      ...line,
      net: toDecimal(line.net),
      tax: toDecimal(line.tax),
    })),
    net: toDecimal(sum(group.map((line) => line.net))),
  }))
}

function taxesOf(lines: InvoiceFacts['lines'], name: string): InvoiceDocument['taxes'] {
  return [...new Set(lines.map((line) => line.taxRate))].map((rate) => {
    const own = lines.filter((line) => line.taxRate === rate)
    return {
      name,
      rate,
      base: toDecimal(sum(own.map((line) => line.net))),
      tax: toDecimal(sum(own.map((line) => line.tax))),
    }
  })
}

type Address = Readonly<
  Record<'line1' | 'line2' | 'city' | 'state' | 'postalCode' | 'country', string | null>
>

/** An address as an envelope has it: street, the town as its country writes it, the country. */
export function addressLines(address: Address, locale: string): string[] {
  const { country } = address
  const town = addressRule(country ?? '')
    .fields.filter((field) => field !== 'line1' && field !== 'line2')
    .map((field) => address[field])
    .filter(Boolean)
    .join(' ')
  const name = country && new Intl.DisplayNames(locale, { type: 'region' }).of(country)
  return [address.line1, address.line2, town, name].filter(
    (line) => line !== null && line !== '',
  ) as string[]
}
