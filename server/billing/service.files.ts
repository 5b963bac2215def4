import * as auth from '#server/auth/service.ts'
import { addressLines, composeDocument } from '#server/billing/document.ts'
import { invoiceNotFound } from '#server/billing/errors.ts'
import { fileNameOf } from '#server/billing/pdf.ts'
import * as repo from '#server/billing/repo.views.ts'
import type { DocumentAccount, InvoiceDocument, Party } from '#server/billing/schema.document.ts'
import type { TaxNote } from '#server/billing/schema.tax.ts'
import { type InvoiceQuery, invoicesPerPage } from '#server/billing/schema.ts'
import { fileOf, type InvoiceFile } from '#server/billing/service.documents.ts'
import { invoiceFor as anyones, invoice as mine } from '#server/billing/service.views.ts'
import { type ZipEntry, zipOf } from '#server/billing/zip.ts'
import * as customers from '#server/customers/service.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import { negate, toDecimal } from '#server/kernel/money.ts'
import type { Attachment } from '#server/mail/service.ts'
import * as payments from '#server/payments/service.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { type Edge, unitOfWork } from '#server/runtime/unit-of-work.ts'

/** An invoice as the document it is: parties, lines and tax as they were issued, payments as they stand. */
export async function documentOf(ctx: Ctx, invoice: number): Promise<InvoiceDocument> {
  const [row] = await repo.findInvoice(ctx, invoice)
  if (!row) throw invoiceNotFound()
  const customer = row.customer as CustomerId
  const lines = await repo.linesOf(ctx, invoice)
  const paid = await repo.paymentsOf(ctx, invoice)
  const { name: title, accent } = await auth.home(ctx)
  const { locale, customerClass } = await customers.find(ctx, customer)
  const { taxInclusive } = await customers.classOf(ctx, customerClass)

  const { issuer = {}, recipient = {} } = row.parties ?? {}
  return composeDocument({
    number: row.number,
    state: row.state,
    issuedOn: row.issuedOn,
    dueOn: row.dueOn,
    cycle: row.from && row.until ? { from: row.from, until: row.until } : null,
    currency: row.currency,
    locale,
    brand: { title, accent },
    issuer: {
      ...partyOf(issuer, locale, title),
      registration: issuer.registration ?? null,
      phone: issuer.phone ?? null,
      bankDetails: issuer.bankDetails ?? null,
      paymentTerms: issuer.paymentTerms ?? null,
    },
    billTo: { ...partyOf(recipient, locale, recipient.name ?? ''), customer: row.customer },
    taxInclusive,
    taxName: row.taxName,
    taxNote: row.taxNote as TaxNote | null,
    net: row.net,
    tax: row.tax,
    total: row.total,
    paid: row.paid,
    payments: await Promise.all(
      paid.map(async ({ day, amount, payment, kind }) => ({
        day,
        method: kind === 'write_off' ? { kind } : await methodOf(ctx, payment),
        amount: toDecimal(negate(amount)),
      })),
    ),
    lines: lines.map((line) => ({
      kind: line.kind,
      description: line.description,
      period: line.from && line.until ? { from: line.from, until: line.until } : null,
      explanation: null,
      taxRate: plain(line.taxRate),
      net: line.net,
      tax: line.tax,
      account: accountOf(line),
    })),
  })
}

/** '5.0000' is 5. */
const plain = (rate: string): string => (rate.includes('.') ? rate.replace(/\.?0+$/, '') : rate)

function partyOf(said: Readonly<Record<string, string>>, locale: string, otherwise: string): Party {
  const { attention, line1 = '', line2 = '', city = '', country = '' } = said
  const { state = '', postalCode = '' } = said
  const lines = addressLines({ line1, line2, city, state, postalCode, country }, locale)
  return {
    name: said.legalName ?? said.name ?? otherwise,
    address: [attention, ...lines].flatMap((line) => (line ? [line] : [])),
    vatId: said.vatId ?? null,
    email: said.email ?? null,
  }
}

type Line = Awaited<ReturnType<typeof repo.linesOf>>[number]

const accountOf = ({ account, details }: Line): DocumentAccount | null =>
  // Invoices of earlier versions don't say; an id of ours would tell nobody anything.
  account === null || !details?.line
    ? null
    : {
        account,
        product: null,
        line: String(details.line),
        name: (details.name as string | undefined) || null,
      }

async function methodOf(ctx: Ctx, payment: number | null) {
  if (payment === null) return { kind: 'credit' as const }
  const { brand, last4 } = await payments.find(ctx, payment)
  if (!brand || !last4) return { kind: 'other' as const, text: '' }
  return { kind: 'card' as const, brand, last4 }
}

/** One of my invoices as a PDF. @throws not_found `billing.invoice_not_found` */
export const pdfOfMine = (edge: Edge, invoice: number): Promise<InvoiceFile> =>
  drawn(edge, invoice, (ctx) => mine(ctx, { invoice }))

/** The same for whoever looks after its customer. */
export const pdfOf = (edge: Edge, invoice: number): Promise<InvoiceFile> =>
  drawn(edge, invoice, (ctx) => anyones(ctx, { invoice }))

/** Drawn outside of the transaction: it takes longer than reading. */
async function drawn(
  edge: Edge,
  invoice: number,
  allowed: (ctx: Ctx) => Promise<unknown>,
): Promise<InvoiceFile> {
  const document = await unitOfWork(edge, async (ctx) => {
    await allowed(ctx)
    return documentOf(ctx, invoice)
  })
  return fileOf(document)
}

/** What a mail of an invoice carries. */
export async function attachInvoice(edge: Edge, id: string): Promise<Attachment> {
  const document = await unitOfWork(edge, (ctx) => documentOf(ctx, Number(id)))
  const { name: filename, bytes: content } = await fileOf(document)
  return { filename, contentType: 'application/pdf', content }
}

/** All of my invoices that a filter leaves, as one archive that is drawn while it is read. */
export async function archiveOfMine(edge: Edge, query: Pick<InvoiceQuery, 'state'>) {
  return zipOf(await unitOfWork(edge, (ctx) => entriesOf(ctx, edge, query)))
}

async function entriesOf(
  ctx: Ctx,
  edge: Edge,
  query: Pick<InvoiceQuery, 'state'>,
): Promise<ZipEntry[]> {
  const customer = ctx.actor.customer as CustomerId
  const entries: ZipEntry[] = []
  for (let page = 0; ; page++) {
    const window = { limit: invoicesPerPage, offset: page * invoicesPerPage }
    const rows = await repo.listInvoices(ctx, customer, query, window)
    for (const row of rows) {
      entries.push({
        name: fileNameOf(row),
        at: row.createdAt,
        bytes: async () => (await pdfOfMine(edge, row.invoice)).bytes,
      })
    }
    if (rows.length < invoicesPerPage) return entries
  }
}
