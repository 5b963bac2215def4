/** Member states of the European Union by ISO 3166-1 code: one area of value added tax. */
const members = new Set(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '),
)

export const inEu = (country: string | null): boolean => country !== null && members.has(country)
