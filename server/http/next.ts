import type { Server } from 'node:http'
import { join } from 'node:path'
import { constants } from 'node:zlib'
import compression from 'compression'
import next from 'next'
import { compressedFiles } from '#server/http/compressed-files.ts'
import type { Pages } from '#server/http/server.ts'
import { answer, type Calls } from '#server/http/trpc.ts'

type PortalFetch = (input: RequestInfo | URL, init?: RequestInit) => Promise<Response>

declare global {
  /** How server components reach the server: a call, not a connection. */
  var portico: Readonly<{ fetch: PortalFetch }> | undefined
}

/** Where Brotli is a seventh smaller than gzip and takes hardly longer. */
const quality = { [constants.BROTLI_PARAM_QUALITY]: 6 }

/** Compresses what is about to be written, as the browser can read it. Next knows gzip alone. */
function compressing(): Pages {
  const begin = compression({ brotli: { params: quality } }) as unknown as (
    ...call: [...Parameters<Pages>, () => void]
  ) => void
  return (request, response) => new Promise((begun) => begin(request, response, begun))
}

/** Starts Next.js inside this process and hands it our procedures as a `fetch`. */
export async function openPages(options: {
  development: boolean
  folder: string
}): Promise<{ pages: Pages; attach(server: Server): void; close(): Promise<void> }> {
  const app = next({ dev: options.development, dir: options.folder, quiet: true })
  await app.prepare()
  const handle = app.getRequestHandler()
  const sendCompressed = options.development
    ? undefined
    : compressedFiles(join(options.folder, '.next/static'), '/_next/static')
  const compress = compressing()
  return {
    async pages(request, response) {
      const isSent = await sendCompressed?.(request, response)
      if (isSent) return
      await compress(request, response)
      await handle(request, response)
    },
    // Hot reload speaks over a web socket, in development alone.
    attach(server) {
      if (options.development) server.on('upgrade', app.getUpgradeHandler())
    },
    close: () => app.close(),
  }
}

/** Server components call as their visitor: the front door wrote address and request id on. */
export function lendProcedures(calls: Calls): void {
  globalThis.portico = {
    fetch(input, init) {
      const request = new Request(input, init)
      return answer(calls, request, {
        ip: request.headers.get('x-portico-ip') ?? 'unknown',
        requestId: request.headers.get('x-request-id') ?? 'page',
      })
    },
  }
}
