/** What makes a spreadsheet take a cell for a formula (OWASP, CSV injection), also after an apostrophe. */
const formula = /^'*[=+\-@＝＋－＠\t\r\n]/

/** Harmless in a spreadsheet: an apostrophe says that what follows is text. */
const harmless = (text: string) => (formula.test(text) ? `'${text}` : text)

const quoted = (text: string) =>
  /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text

/** The mark by which Excel reads UTF-8 as what it is; a file begins with it. */
export const csvMark = '\uFEFF'

/** Rows as RFC 4180 writes them. No cell is taken for a formula, whatever a person typed into a name. */
export const csvLines = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.map((cell) => quoted(harmless(cell))).join(',')}\r\n`).join('')

/** A whole table. */
export const toCsv = (rows: readonly (readonly string[])[]): string => csvMark + csvLines(rows)
