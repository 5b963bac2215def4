import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join, sep } from 'node:path'

const types: Readonly<Record<string, string>> = {
  '.js': 'application/javascript; charset=UTF-8',
  '.css': 'text/css; charset=UTF-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json; charset=UTF-8',
}

/**
 * Sends files that the build has compressed already, to browsers that read Brotli. Their names hold
 * a hash of what is in them, so they are kept for good. Answers whether it has sent one.
 *
 * @param folder what is in it now is all there is: no address leads to anything else
 */
export function compressedFiles(
  folder: string,
  address: string,
): (request: IncomingMessage, response: ServerResponse) => Promise<boolean> {
  const files = new Map(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.br'))
      .map((file) => {
        const plain = file.slice(0, -'.br'.length)
        const url = `${address}/${plain.split(sep).join('/')}`
        return [url, { path: join(folder, file), type: types[extname(plain)] }] as const
      }),
  )

  return async ({ url = '', method, headers }, response) => {
    const file = files.get(url.split('?')[0]!)
    const isAsked = method === 'GET' && readsBrotli(headers['accept-encoding'])
    if (!file?.type || !isAsked) return false

    const body = await readFile(file.path)
    response.writeHead(200, {
      'content-type': file.type,
      'content-encoding': 'br',
      'content-length': body.length,
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'accept-encoding',
    })
    response.end(body)
    return true
  }
}

/** A client may name it only to refuse it: `br;q=0`. */
const readsBrotli = (accepted: string | string[] = ''): boolean =>
  String(accepted)
    .split(',')
    .some((part) => /^\s*br\s*(;\s*q=(?!0(\.0*)?\s*$).*)?$/i.test(part))
