import type { Fault } from '#server/bulk/schema.ts'

/** What a spreadsheet shows where a formula failed, or a column is too narrow. */
const failed = /^#(?:REF!|NAME\?|VALUE!|DIV\/0!|N\/A|NULL!|NUM!|SPILL!|CALC!|ERROR!)$|^#{3,}$/i

/** `1.2E+10`: digits are gone, and nobody can say which. */
const scientific = /^[+-]?\d+(?:[.,]\d+)?E[+-]?\d+$/i

/** `101.0` and `101,00`: a number where text belongs. */
const decimal = /^\d+[.,]\d{1,2}$/

const month =
  '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic|mai|okt|dez)[a-z]*'
/** `2026-01-05`, `05.01.2026`, `1/5/2026`, `5-Jan`, `Jan-05`: what `1-5` or `01/05` is made into. */
const date = new RegExp(
  String.raw`^(?:\d{4}-\d{1,2}-\d{1,2}(?:[T ].*)?|\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2})|\d{1,2}[-. ]${month}\.?(?:[-. ]\d{2,4})?|${month}\.?[-. ]\d{1,4})$`,
  'i',
)

/** UTF-8 that was read as Windows-1252: `JosÃ©`. */
const garbled =
  /[ÂÃÄÅÐÑ][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]|â€/

/** Damage that any cell may have. */
export function damageOf(text: string): Pick<Fault, 'code'> | undefined {
  if (text === '') return undefined
  if (text.includes('\uFFFD')) return { code: 'unreadable' }
  if (failed.test(text)) return { code: 'spreadsheet_error' }
  // Several lines with separators in them: rows that a quotation mark has swallowed.
  const [, ...more] = text.split(/[\r\n]+/)
  if (more.join('').split(/[,;\t]/).length > 3) return { code: 'swallowed_rows' }
  return undefined
}

export const looksGarbled = (text: string): boolean => garbled.test(text)

/** Damage of a cell that should be digits. */
export function digitDamageOf(text: string): Pick<Fault, 'code'> | undefined {
  if (scientific.test(text)) return { code: 'scientific' }
  if (decimal.test(text)) return { code: 'decimal' }
  if (date.test(text)) return { code: 'date' }
  return undefined
}

/**
 * The text that a cell of a spreadsheet means: `="0101"` and `'=1` are how people keep a program from
 * reading 0101 as a number, and =1 as a formula.
 */
export function cellText(raw: string): string {
  const text = raw.trim()
  const formula = /^="([^"]*)"$/.exec(text)
  if (formula) return formula[1]!.trim()
  return /^'+[=+\-@＝＋－＠\t\r\n]/.test(text) ? text.slice(1) : text
}
