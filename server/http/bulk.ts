import { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { cardNumber, fileTooLarge, noFile, uploadsUnderWay } from '#server/bulk/errors.ts'
import { limits, zBatchRef } from '#server/bulk/schema.ts'
import * as files from '#server/bulk/service.files.ts'
import * as bulk from '#server/bulk/service.ts'
import { foreignSite } from '#server/http/errors.ts'
import { csv, pageOf, refusalOrFault, whoAsks } from '#server/http/files.ts'
import { type Calls, isForeign } from '#server/http/trpc.ts'
import { hasCardNumber } from '#server/kernel/card.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import { type Edge, unitOfWork } from '#server/runtime/unit-of-work.ts'

/** Between two looks at how far the work is. */
const lookEveryMs = 250
/** Of one company: each file is held whole while it is read. */
const uploadsAtOnce = 2
/** A browser asks again by itself: no connection stays for ever. */
const longestWatchMs = 10 * 60_000

/**
 * Files of `/bulk`: a list that is uploaded, and those that are downloaded; and how far the work on
 * one is, told as it goes on. All the rest are procedures.
 */
export function bulkRoutes(server: FastifyInstance, calls: Calls): void {
  server.register(async (scope) => {
    await scope.register(multipart, { limits: { files: 1, fields: 4, fileSize: limits.bytes } })
    scope.setErrorHandler(refusalOrFault(calls))
    const watching = new Set<AbortController>()
    const uploading = new Map<CustomerId, number>()
    // Who watches is told to come again, or stopping would wait for them.
    scope.addHook('preClose', async () => {
      for (const watch of watching) watch.abort()
    })

    scope.post('/bulk', async (request, reply) => {
      if (isForeign(request.headers, calls.outside.publicUrl)) throw foreignSite()
      const edge = await whoAsks(calls, request, 'bulk:write')
      const customer = edge.actor.customer as CustomerId
      const others = uploading.get(customer) ?? 0
      if (others >= uploadsAtOnce) throw uploadsUnderWay(uploadsAtOnce)

      uploading.set(customer, others + 1)
      try {
        const { fileName, bytes } = await uploaded(request)
        const table = await bulk.read(bytes)
        const kept = await unitOfWork(edge, (ctx) => bulk.keep(ctx, { fileName, table }))
        return await reply.code(201).send(kept)
      } finally {
        const left = uploading.get(customer)! - 1
        if (left > 0) uploading.set(customer, left)
        else uploading.delete(customer)
      }
    })

    scope.get('/bulk/template.csv', async (request, reply) => {
      const edge = await whoAsks(calls, request, 'bulk:read')
      return csv(reply, 'extensions-template.csv').send(await unitOfWork(edge, files.template))
    })
    scope.get('/bulk/export.csv', async (request, reply) => {
      const edge = await whoAsks(calls, request, 'bulk:read')
      return csv(reply, 'extensions.csv').send(Readable.from(files.exported(edge)))
    })
    scope.get<{ Params: { id: string } }>('/bulk/:id/faults.csv', async (request, reply) => {
      const edge = await whoAsks(calls, request, 'bulk:read')
      const { id } = zBatchRef.parse(request.params)
      // Whether it is there is asked before the answer has begun.
      await unitOfWork(edge, (ctx) => bulk.batch(ctx, { id }))
      const { locale } = pageOf(request)
      return csv(reply, 'rows-to-mend.csv').send(Readable.from(files.faulty(edge, { id }, locale)))
    })

    scope.get<{ Params: { id: string } }>('/bulk/:id/progress', async (request, reply) => {
      const edge = await whoAsks(calls, request, 'bulk:read')
      const { id } = zBatchRef.parse(request.params)
      const first = await unitOfWork(edge, (ctx) => bulk.batch(ctx, { id }))
      const over = new AbortController()
      watching.add(over)
      request.raw.once('close', () => over.abort())
      reply.header('content-type', 'text/event-stream').header('cache-control', 'no-store')
      const told = watch(edge, id, first, over.signal)
      return reply.send(Readable.from(told).once('close', () => watching.delete(over)))
    })
  })
}

async function uploaded(request: FastifyRequest): Promise<{ fileName: string; bytes: Buffer }> {
  const megabytes = limits.bytes / 1024 / 1024
  if (Number(request.headers['content-length'] ?? 0) > limits.bytes + 10_000) {
    throw fileTooLarge(megabytes)
  }
  if (!request.isMultipart()) throw noFile()
  const file = await request.file()
  if (!file) throw noFile()
  const bytes = await file.toBuffer().catch((error: { code?: string }) => {
    throw error.code === 'FST_REQ_FILE_TOO_LARGE' ? fileTooLarge(megabytes) : error
  })
  const fileName = file.filename.replace(/[\p{C}]/gu, '').slice(-150) || 'upload'
  if (hasCardNumber(fileName)) throw cardNumber(0)
  return { fileName, bytes }
}

type State = Awaited<ReturnType<typeof bulk.batch>>

/** One event each time something is new, until there is nothing more to come. */
async function* watch(edge: Edge, id: string, first: State, over: AbortSignal) {
  const until = Date.now() + longestWatchMs
  let last = ''
  for (let now = first; ; ) {
    const { state, done, work } = now
    const text = JSON.stringify({ state, done, work })
    if (text !== last) yield `data: ${text}\n\n`
    last = text
    if (state !== 'applying' && state !== 'undoing') return
    if (over.aborted || Date.now() > until) return
    await pause(lookEveryMs)
    if (over.aborted) return
    now = await unitOfWork(edge, (ctx) => bulk.batch(ctx, { id }))
  }
}
