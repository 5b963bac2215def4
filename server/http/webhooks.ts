import type { FastifyInstance } from 'fastify'
import { findRefunds } from '#server/billing/service.ledger.ts'
import { refusalOrFault } from '#server/http/files.ts'
import type { Calls } from '#server/http/trpc.ts'
import { type Look, takeWord } from '#server/payments/service.words.ts'
import * as recovery from '#server/signup/service.recovery.ts'

/** Stripe's own are a few kilobytes. */
const longest = 262_144

/** `/webhooks/stripe`: word from a gateway that something happened to a payment. */
export function webhookRoutes(server: FastifyInstance, calls: Calls): void {
  server.register(async (scope) => {
    scope.setErrorHandler(refusalOrFault(calls))
    // A signature is over the very bytes that were sent.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: longest }, (_, body, done) =>
      done(null, body),
    )

    // What is no signup's was made due, and its own recovery looks.
    const look: Look = async (edge, payment, { refunds }) => {
      if (payment.purpose === 'signup') {
        await recovery.lookAgain(calls, calls.outside, edge.env, payment.id)
      }
      if (refunds) await findRefunds(edge, calls.outside, payment.id)
    }
    scope.post('/webhooks/stripe', async (request, reply) => {
      const signature = request.headers['stripe-signature']
      await takeWord(
        calls,
        calls.outside,
        'stripe',
        {
          body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
          signature: typeof signature === 'string' ? signature : '',
          requestId: request.id,
        },
        look,
      )
      return reply.send({ received: true })
    })
  })
}
