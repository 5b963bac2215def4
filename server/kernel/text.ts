// Overrides and isolates (UAX #9): what follows one is shown backwards, on the whole line it stands in.
const directions = /[\u202a-\u202e\u2066-\u2069]/g
const gaps = /[\p{Cc}\u2028\u2029]+/gu

/**
 * What was typed or pasted as we keep it: on one line, trimmed, without what can't be seen but turns
 * the words around it. Languages written from right to left need none of that.
 */
export const oneLine = (text: string): string =>
  text.toWellFormed().replaceAll(directions, '').replaceAll(gaps, ' ').trim()

/** Values are put in once, so that a value that looks like a place for another one stays as it is. */
export const fill = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place)
