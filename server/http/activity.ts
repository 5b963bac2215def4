import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { queryOf } from '#server/activity/schema.ts'
import * as activity from '#server/activity/service.ts'
import { csv, pageOf, refusalOrFault, whoAsks } from '#server/http/files.ts'
import type { Calls } from '#server/http/trpc.ts'

/** What is no number is nobody's: then it is one's own that is asked for. */
const customerIn = ({ customer }: Record<string, unknown>): number | undefined =>
  /^\d{1,9}$/.test(String(customer)) ? Number(customer) : undefined

/** `/activity.csv`: what the page of the same address shows, all pages of it; `customer` for an administrator. */
export function activityRoutes(server: FastifyInstance, calls: Calls): void {
  server.register(async (scope) => {
    scope.setErrorHandler(refusalOrFault(calls))
    scope.get<{ Querystring: Record<string, unknown> }>('/activity.csv', async (request, reply) => {
      const edge = await whoAsks(calls, request)
      const customer = await activity.whoseFile(edge, customerIn(request.query))
      const query = { ...queryOf(request.query), cursor: null }
      const { locale } = pageOf(request)
      return csv(reply, 'activity.csv').send(
        Readable.from(activity.exported(edge, customer, query, locale)),
      )
    })
  })
}
