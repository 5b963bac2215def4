import type { Option } from './select-field.tsx'

/** ISO 3166-1, countries and territories that have addresses. */
const COUNTRIES =
  'AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW'

/**
 * Countries in the reader's language and order, the likely ones first. Call it on the server and pass
 * the list on: Node and browsers don't spell all of them alike.
 */
export function countryOptions(locale: string, first: readonly string[] = []): Option[] {
  const names = new Intl.DisplayNames(locale, { type: 'region' })
  const option = (code: string): Option => ({ value: code, label: names.of(code) ?? code })
  const order = new Intl.Collator(locale)

  return [
    ...first.map(option),
    ...COUNTRIES.split(' ')
      .filter((code) => !first.includes(code))
      .map(option)
      .sort((a, b) => order.compare(a.label, b.label)),
  ]
}
