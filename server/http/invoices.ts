import type { FastifyInstance } from 'fastify'
import { zInvoiceQuery, zInvoiceRef } from '#server/billing/schema.ts'
import * as documents from '#server/billing/service.files.ts'
import { pdf, refusalOrFault, whoAsks } from '#server/http/files.ts'
import type { Calls } from '#server/http/trpc.ts'

type Wanted = { Params: { invoice: string } }
const wanted = ({ invoice }: Wanted['Params']) =>
  zInvoiceRef.parse({ invoice: /^\d{1,9}$/.test(invoice) ? Number(invoice) : 0 }).invoice

/** Files of `/files/invoices`: one as a PDF, or all as an archive. */
export function invoiceRoutes(server: FastifyInstance, calls: Calls): void {
  server.register(async (scope) => {
    scope.setErrorHandler(refusalOrFault(calls))

    scope.get<Wanted>('/files/invoices/:invoice.pdf', async (request, reply) => {
      const edge = await whoAsks(calls, request)
      const invoice = wanted(request.params)
      const draw = edge.actor.realm === 'customer' ? documents.pdfOfMine : documents.pdfOf
      const { name, bytes } = await draw(edge, invoice)
      return pdf(reply, name).send(Buffer.from(bytes))
    })

    scope.get<{ Querystring: Record<string, string> }>(
      '/files/invoices.zip',
      async (request, reply) => {
        const edge = await whoAsks(calls, request, 'billing:read')
        const { state } = zInvoiceQuery.pick({ state: true }).parse(request.query)
        return reply
          .type('application/zip')
          .header('content-disposition', 'attachment; filename="invoices.zip"')
          .header('cache-control', 'no-store')
          .send(await documents.archiveOfMine(edge, { state }))
      },
    )
  })
}
