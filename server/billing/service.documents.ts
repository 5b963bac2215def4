import { demand } from '#server/auth/rights.ts'
import * as auth from '#server/auth/service.ts'
import { addressLines, composeDocument } from '#server/billing/document.ts'
import { fileNameOf, renderInvoicePdf } from '#server/billing/pdf.ts'
import { voiceOf } from '#server/billing/pdf-texts.ts'
import type {
  DocumentAccount,
  InvoiceDocument,
  IssuerParty,
} from '#server/billing/schema.document.ts'
import { issuerOf } from '#server/billing/service.issuer.ts'
import { taxed } from '#server/billing/tax.ts'
import { addDays, addMonths, dayIn } from '#server/kernel/civil.ts'
import type { Locale } from '#server/kernel/locale.ts'
import { money, zero } from '#server/kernel/money.ts'
import { formatPhone } from '#server/kernel/phone.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { together } from '#server/runtime/together.ts'

/** A file to be saved or mailed. */
export type InvoiceFile = Readonly<{ name: string; bytes: Uint8Array }>

/** Call it outside of the unit of work that read the document: drawing takes longer than reading. */
export const fileOf = async (document: InvoiceDocument): Promise<InvoiceFile> => ({
  name: fileNameOf(document),
  bytes: await renderInvoicePdf(document),
})

/** Who bills here, as it stands on an invoice issued now; its brand alone until the provider said more. */
export async function issuerParty(ctx: Ctx, locale: string): Promise<IssuerParty> {
  const [issuer, home] = await together(issuerOf(ctx), auth.home(ctx))
  return {
    name: issuer?.legalName ?? home.name,
    address: issuer ? addressLines(issuer, locale) : [],
    vatId: issuer?.vatId ?? null,
    registration: issuer?.registration ?? null,
    email: issuer?.email ?? home.supportEmail,
    phone: formatPhone(home.supportPhone, 'international'),
    bankDetails: issuer?.bankDetails ?? null,
    paymentTerms: issuer?.paymentTerms ?? null,
  }
}

/** An invoice of nobody, marked as a draft, to see how real ones look. */
export async function sampleInvoice(ctx: Ctx, locale: Locale): Promise<InvoiceDocument> {
  demand(ctx.actor, 'taxes:read')
  const [issuer, home] = await together(issuerParty(ctx, locale), auth.home(ctx))
  const { texts } = voiceOf(locale, home.currency)
  const { sample } = texts
  const today = dayIn(home.timeZone, ctx.now)
  const cycle = { from: addMonths(today, -1), until: today }
  const account: DocumentAccount = { account: 1, product: sample.product, line: '101', name: null }

  const amounts = ['10', '4'].map((amount) => ({ amount: money(amount) }))
  const tax = { name: 'VAT', rate: '20', inclusive: false }
  const { lines, ...sums } = taxed(amounts, tax, home.currency)
  return composeDocument({
    number: null,
    state: 'draft',
    issuedOn: today,
    dueOn: addDays(today, 14),
    cycle,
    currency: home.currency,
    locale,
    brand: { title: home.name, accent: home.accent },
    issuer,
    billTo: {
      customer: 1,
      name: sample.customer,
      address: [sample.street],
      vatId: null,
      email: null,
    },
    taxInclusive: false,
    payments: [],
    taxName: tax.name,
    taxNote: null,
    net: sums.net,
    tax: sums.tax,
    total: sums.gross,
    paid: zero,
    lines: lines.map(({ net, tax: own, rate }, n) => ({
      kind: 'periodic',
      description: n === 0 ? sample.fee : sample.recording,
      period: cycle,
      explanation: null,
      account,
      net,
      tax: own,
      taxRate: rate,
    })),
  })
}
