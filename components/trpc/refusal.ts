import type { RefusalDetails, RefusalKind } from '#server/kernel/errors.ts'

/** A fault of one field, by its path in the input. */
export type FieldFault = Readonly<{ path: string; code: string; details?: RefusalDetails }>

/** What the server said instead of an answer, as far as it said anything. */
export type Refused = Readonly<{
  kind: RefusalKind | 'unexpected' | 'offline'
  code: string
  details: RefusalDetails
  /** The server's own sentence, in English: the last resort. */
  message: string
  fields: readonly FieldFault[]
  requestId?: string
}>

type ErrorData = Partial<{
  httpStatus: number
  refusal: { kind: RefusalKind; code: string; details?: RefusalDetails }
  fields: FieldFault[]
  requestId: string
}>

/** Reads a tRPC error without caring which side of the wire made it. Undefined for no error. */
export function refusedBy(error: unknown): Refused | undefined {
  if (error === undefined || error === null) return undefined

  const message = error instanceof Error ? error.message : ''
  const data = dataOf(error)
  if (!data) return nothing(neverArrived(error) ? 'offline' : 'unexpected', message)

  const { refusal, fields = [], requestId } = data
  if (!refusal) {
    const kind = data.httpStatus === 503 ? 'unavailable' : 'unexpected'
    return { ...nothing(kind, message), fields, requestId }
  }

  return { ...refusal, details: refusal.details ?? {}, message, fields, requestId }
}

const nothing = (kind: 'unexpected' | 'offline' | 'unavailable', message: string): Refused => ({
  kind,
  code: kind,
  details: {},
  message,
  fields: [],
})

function dataOf(error: unknown): ErrorData | undefined {
  if (typeof error !== 'object' || error === null || !('data' in error)) return undefined
  return typeof error.data === 'object' && error.data !== null ? error.data : undefined
}

/** fetch() rejects with a TypeError when nobody answered; tRPC keeps it as the cause. */
function neverArrived(error: unknown): boolean {
  return error instanceof Error && (error instanceof TypeError || error.cause instanceof TypeError)
}
