import { refuse } from '#server/kernel/errors.ts'

export const fileTooLarge = (megabytes: number) =>
  refuse(
    'invalid',
    'bulk.file_too_large',
    `The file is larger than ${megabytes} MB. Split it into several.`,
    { megabytes },
  )

export const tooManyRows = (limit: number) =>
  refuse(
    'invalid',
    'bulk.too_many_rows',
    `The file has more than ${limit} rows. Split it into several.`,
    { limit },
  )

export const fileEmpty = () =>
  refuse('invalid', 'bulk.file_empty', 'There are no rows in this file, only headings or nothing.')

export const noFile = () =>
  refuse('invalid', 'bulk.no_file', 'No file came with the request. Choose one and send it again.')

/** Of the company; others may upload meanwhile. */
export const uploadsUnderWay = (limit: number) =>
  refuse(
    'too_many',
    'bulk.uploads_under_way',
    `${limit} files of your company are being read. Send this one again when they are done.`,
    { limit },
  )

/** Not a table we can read: an old workbook, a PDF, a picture. */
export const notATable = () =>
  refuse(
    'invalid',
    'bulk.not_a_table',
    'This is neither a CSV file nor an .xlsx workbook. Save it as one of these and upload that.',
  )

export const workbookBroken = () =>
  refuse(
    'invalid',
    'bulk.workbook_broken',
    'This workbook is damaged or protected by a password. Save it once more without one, or as CSV.',
  )

export const workbookTooLarge = () =>
  refuse(
    'invalid',
    'bulk.workbook_too_large',
    'This workbook holds far more than a list of extensions. Copy the list into a new one.',
  )

export const headingMissing = (missing: readonly string[]) =>
  refuse(
    'invalid',
    'bulk.heading_missing',
    `There is no column called ${missing.join(' and none called ')}. Name the columns as the template does.`,
    { missing },
  )

export const headingTwice = (heading: string) =>
  refuse(
    'invalid',
    'bulk.heading_twice',
    `Two columns are called ${heading}. Remove one of them.`,
    { heading },
  )

export const quoteOpen = (row: number) =>
  refuse(
    'invalid',
    'bulk.quote_open',
    `A quotation mark opens near row ${row} and never closes, so what follows can't be told apart.`,
    { row },
  )

export const cellTooLong = (row: number, limit: number) =>
  refuse(
    'invalid',
    'bulk.cell_too_long',
    `A cell of row ${row} has more than ${limit} characters.`,
    { row, limit },
  )

export const cardNumber = (row: number) =>
  refuse(
    'invalid',
    'bulk.card_number',
    `Row ${row} holds what looks like a card number. Nothing was kept; remove it and upload again.`,
    { row },
  )

export const batchNotFound = () => refuse('not_found', 'bulk.not_found', 'There is no such upload.')

/** What was asked doesn't go with the state the upload is in now. */
export const notNow = (state: string) =>
  refuse('conflict', 'bulk.not_now', `This upload is ${state}: that can't be done any more.`, {
    state,
  })

export const rowNotFound = (row: number) =>
  refuse('not_found', 'bulk.row_not_found', `There is no row ${row} in this upload.`, { row })

/** All or nothing, and not all of it can be. */
export const notAllGood = (faulty: number, over: number) =>
  refuse(
    'conflict',
    'bulk.not_all_good',
    `${faulty} rows have faults and ${over} are beyond the agreement, so nothing was made.`,
    { faulty, over },
  )

export const nothingToDo = () =>
  refuse('conflict', 'bulk.nothing_to_do', 'None of the rows can be made as things stand.')

export const changedSince = (extensions: readonly string[]) =>
  refuse(
    'conflict',
    'bulk.changed_since',
    `This can't be undone as a whole: ${extensions.join(', ')} changed since.`,
    { extensions, count: extensions.length },
  )

export const undoOver = () =>
  refuse('gone', 'bulk.undo_over', 'An upload can be undone for 24 hours, which are over.')

export const keepsFailing = () =>
  refuse(
    'unavailable',
    'bulk.keeps_failing',
    'We tried several times and something went wrong on our side each time. Nothing was made. Please try again later, or ask us.',
  )
