import { refuse } from '#server/kernel/errors.ts'
import { limits, type Unit } from '#server/usage/schema.ts'

export const idMissing = () =>
  refuse('invalid', 'usage.id_missing', 'A record needs the id that its own system gave it.')

export const textTooLong = (column: string, most: number) =>
  refuse('invalid', 'usage.text_too_long', `${column}: ${most} characters at most.`, {
    column,
    most,
  })

export const accountUnknown = (account: string) =>
  refuse('invalid', 'usage.account_unknown', `There was no account ${account} at that time.`, {
    account,
  })

export const serviceUnknown = (service: string) =>
  refuse('invalid', 'usage.service_unknown', `There is no service called ${service}.`, { service })

export const startMalformed = () =>
  refuse(
    'invalid',
    'usage.start_malformed',
    'A start is written with its zone, like 2026-11-21T09:30:00Z.',
  )

export const inFuture = () =>
  refuse('invalid', 'usage.in_future', 'This has not happened yet: it starts later than now.')

export const quantityMalformed = (unit: Unit) =>
  refuse(
    'invalid',
    'usage.quantity_malformed',
    unit === 'seconds'
      ? 'A duration is a whole number of seconds, not below 0.'
      : `A volume is a whole number of ${unit}, not below 0.`,
    { unit },
  )

export const unitWrong = (service: string, unit: Unit) =>
  refuse(
    'invalid',
    'usage.unit_wrong',
    unit === 'seconds'
      ? `${service} is counted by its duration, and has no volume.`
      : `${service} is counted by its volume in ${unit}, and has no duration.`,
    { service, unit },
  )

// The text is not repeated: what stands in an amount's column may be a card number.
export const amountMalformed = () =>
  refuse('invalid', 'usage.amount_malformed', 'An amount is written like 0.12500.')

export const amountNegative = () =>
  refuse('invalid', 'usage.amount_negative', 'What was used costs nothing or more, never less.')

export const amountTooPrecise = () =>
  refuse('invalid', 'usage.amount_too_precise', 'An amount has five decimals at most.')

export const currencyWrong = (given: string, currency: string) =>
  refuse(
    'invalid',
    'usage.currency_wrong',
    `This customer pays in ${currency}, and the amount is in ${given}.`,
    { given, currency },
  )

export const periodClosed = (day: string, open: string) =>
  refuse(
    'conflict',
    'usage.period_closed',
    `${day} has been billed; what is counted now is from ${open} on.`,
    { day, open },
  )

export const idConflict = (id: string) =>
  refuse(
    'conflict',
    'usage.id_conflict',
    `${id} was imported before, with other content. Nothing of it was changed.`,
    { id },
  )

export const columnsMissing = (columns: readonly string[]) =>
  refuse(
    'invalid',
    'usage.columns_missing',
    `The first row names the columns, and these are missing: ${columns.join(', ')}.`,
    { columns },
  )

export const notATable = () =>
  refuse(
    'invalid',
    'usage.not_a_table',
    'This can’t be read as CSV. What stood before the place where it breaks has been imported.',
  )

export const noFile = () => refuse('invalid', 'usage.no_file', 'Choose a CSV file.')

export const fileTooLarge = () => {
  const details = { megabytes: limits.fileBytes / 1024 / 1024, rows: limits.fileRows }
  return refuse(
    'invalid',
    'usage.file_too_large',
    `A file has ${details.megabytes} MB and ${details.rows} rows at most. Split it in several.`,
    details,
  )
}
