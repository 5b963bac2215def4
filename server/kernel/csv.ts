/** What makes a spreadsheet take a cell for a formula (OWASP, CSV injection), also after an apostrophe. */
const formula = /^'*[=+\-@＝＋－＠\t\r\n]/

/** Harmless in a spreadsheet: an apostrophe says that what follows is text. */
const harmless = (text: string) => (formula.test(text) ? `'${text}` : text)

const quoted = (text: string) =>
  /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text

/**
 * A table as RFC 4180 writes it, with a mark in front that tells Excel it is UTF-8. No cell is taken
 * for a formula, whatever a person typed into a name.
 */
export const toCsv = (rows: readonly (readonly string[])[]): string =>
  `\uFEFF${rows.map((row) => row.map((cell) => quoted(harmless(cell))).join(',')).join('\r\n')}\r\n`
