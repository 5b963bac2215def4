/** The part of a zod issue that says what is wrong, whichever flavour of zod made it. */
export type Issue = Readonly<{
  code?: string
  input?: unknown
  expected?: string
  origin?: string
  format?: string
  minimum?: number | bigint
  maximum?: number | bigint
  exact?: boolean
}>

/** A key under `form.errors` in the catalogue, and what its sentence is filled with. */
export type Fault = Readonly<{ code: string; values: Record<string, number> }>

const formats: Readonly<Record<string, string>> = { email: 'email', url: 'url', date: 'date' }

const fault = (code: string, values: Record<string, number> = {}): Fault => ({ code, values })

const missing = (input: unknown) => input === undefined || input === null || input === ''

/** What to tell a person about an issue: what to do, never "expected string, received undefined". */
export function faultOf(issue: Issue): Fault {
  const { code, input, origin } = issue

  if (code === 'invalid_value') return fault('choose')
  if (missing(input) && code !== 'custom') return fault('required')
  if (code === 'invalid_type')
    return fault(
      issue.expected === 'int'
        ? 'integer'
        : issue.expected === 'number'
          ? 'number'
          : 'invalid_type',
    )
  if (code === 'invalid_format') return fault(formats[issue.format ?? ''] ?? 'invalid')
  if (code === 'too_small') {
    const minimum = Number(issue.minimum)
    return fault(`too_${origin === 'string' ? 'short' : isList(origin) ? 'few' : 'small'}`, {
      minimum,
    })
  }
  if (code === 'too_big') {
    const maximum = Number(issue.maximum)
    return fault(`too_${origin === 'string' ? 'long' : isList(origin) ? 'many' : 'big'}`, {
      maximum,
    })
  }
  return fault('invalid')
}

const isList = (origin: string | undefined) => origin === 'array' || origin === 'set'
