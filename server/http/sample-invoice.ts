import type { FastifyInstance } from 'fastify'
import { fileOf, sampleInvoice } from '#server/billing/service.documents.ts'
import { pageOf, pdf, refusalOrFault, whoAsks } from '#server/http/files.ts'
import type { Calls } from '#server/http/trpc.ts'
import { sampleInvoice as address } from '#server/kernel/routes.ts'
import { unitOfWork } from '#server/runtime/unit-of-work.ts'

/** An invoice of nobody, for the provider to see what its own look like. */
export function sampleInvoiceRoutes(server: FastifyInstance, calls: Calls): void {
  server.register(async (scope) => {
    scope.setErrorHandler(refusalOrFault(calls))
    scope.get(address(), async (request, reply) => {
      const edge = await whoAsks(calls, request, 'taxes:read')
      const { locale } = pageOf(request)
      const document = await unitOfWork(edge, (ctx) => sampleInvoice(ctx, locale))
      const { name, bytes } = await fileOf(document)
      return pdf(reply, name).send(Buffer.from(bytes))
    })
  })
}
