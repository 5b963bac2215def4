import { DrizzleQueryError } from 'drizzle-orm'
import pino, { type DestinationStream, type LogFn, type Logger } from 'pino'

export type Log = Logger

const secretNames = [
  'password',
  'newPassword',
  'currentPassword',
  'passwordHash',
  'sipPasswordSealed',
  'token',
  'cardToken',
  'door',
  'secret',
  'authorization',
  'cookie',
]

/** Structured lines on standard output. What could be secret is cut out, whoever logs it. */
export const openLog = (level: string, to?: DestinationStream): Log =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: readable },
      hooks: { logMethod: sayWhatMayBeSaid },
      redact: {
        paths: [
          'req.headers',
          ...secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`, `*.*.*.${name}`]),
        ],
        censor: '[cut]',
      },
    },
    to ?? pino.destination(1),
  )

/**
 * An error without what it was given: a failed query carries its parameters, and PostgreSQL's detail
 * the row, where addresses and sealed passwords stand.
 */
function readable(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const { code, constraint, table } = error as Partial<
    Record<'code' | 'constraint' | 'table', string>
  >
  const message = sayable(error)
  return {
    type: error.name,
    message,
    code,
    constraint,
    table,
    stack: error.stack?.replace(error.message, message),
    cause: readable(error.cause),
  }
}

function sayable(error: Error): string {
  if (error instanceof DrizzleQueryError) return `Failed query: ${error.query}`
  // Class 22, data exceptions, repeat the value that didn't fit.
  const { code } = error as { code?: unknown }
  return typeof code === 'string' && code.startsWith('22') ? 'A value did not fit.' : error.message
}

/** Without a sentence of its own, or with the error's, a line's sentence is what may be said of it. */
function sayWhatMayBeSaid(this: Logger, args: Parameters<LogFn>, method: LogFn): void {
  const [first, sentence] = args as unknown[]
  const error = first instanceof Error ? first : (first as { err?: unknown } | undefined)?.err
  if (error instanceof Error && (sentence === undefined || sentence === error.message)) {
    method.call(this, first instanceof Error ? { err: first } : first, sayable(error))
    return
  }
  method.apply(this, args)
}
