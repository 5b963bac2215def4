import multipart from '@fastify/multipart'
import type { FastifyInstance } from 'fastify'
import { foreignSite } from '#server/http/errors.ts'
import { refusalOrFault, whoAsks } from '#server/http/files.ts'
import { type Calls, isForeign } from '#server/http/trpc.ts'
import { fileTooLarge, noFile } from '#server/usage/errors.ts'
import { limits } from '#server/usage/schema.ts'
import { importFile } from '#server/usage/service.files.ts'

/** `/usage.csv`: usage records as a file, imported while it arrives; answers what came of it. */
export function usageRoutes(server: FastifyInstance, calls: Calls): void {
  server.register(async (scope) => {
    await scope.register(multipart, { limits: { files: 1, fields: 4, fileSize: limits.fileBytes } })
    scope.setErrorHandler(refusalOrFault(calls))

    scope.post('/usage.csv', async (request, reply) => {
      if (isForeign(request.headers, calls.outside.publicUrl)) throw foreignSite()
      const edge = await whoAsks(calls, request, 'usage:import')
      if (Number(request.headers['content-length'] ?? 0) > limits.fileBytes + 10_000) {
        throw fileTooLarge()
      }
      if (!request.isMultipart()) throw noFile()
      const sent = await request.file()
      if (!sent) throw noFile()

      const name = sent.filename.replace(/[\p{C}]/gu, '').slice(-150) || 'usage.csv'
      const result = await importFile(edge, sent.file, name)
      if (sent.file.truncated) throw fileTooLarge()
      return reply.send(result)
    })
  })
}
