import {
  aeEmirates,
  auStates,
  brStates,
  caProvinces,
  isCountry,
  mxStates,
  type State,
  usStates,
} from './countries.ts'
import { checkVatId } from './vat.ts'

export type AddressField = 'line1' | 'line2' | 'city' | 'state' | 'postalCode'

export type Address = Readonly<
  { country: string; vatId?: string | null } & Partial<Record<AddressField, string | null>>
>

export type AddressIssue = Readonly<{
  field: AddressField | 'country' | 'vatId'
  code:
    | 'address.required'
    | 'address.country_unknown'
    | 'address.state_unknown'
    | 'address.postal_code_malformed'
    | 'address.vat_malformed'
}>

/** How a country writes addresses; a form shows the fields in this order under these labels. */
export type AddressRule = Readonly<{
  fields: readonly AddressField[]
  required: readonly AddressField[]
  postalCode?: Readonly<{ label: PostalLabel; pattern: RegExp; example: string }>
  state?: Readonly<{ label: StateLabel; options?: readonly State[] }>
}>

/** What people there call them: keys of the message catalogues. */
export type PostalLabel = 'zip' | 'postalCode' | 'postcode' | 'eircode' | 'pinCode' | 'cep'
export type StateLabel = 'state' | 'province' | 'county' | 'region' | 'prefecture' | 'emirate'

/** `layout` is the order on an envelope; a field marked ! must be there. */
const rule = (
  layout: string,
  parts: Pick<AddressRule, 'postalCode' | 'state'> = {},
): AddressRule => {
  const marked = layout.split(' ')
  const names = (marks: string[]) => marks.map((mark) => mark.replace('!', '') as AddressField)
  return { fields: names(marked), required: names(marked.filter((m) => m.endsWith('!'))), ...parts }
}

const postal = (pattern: RegExp, example: string, label: PostalLabel = 'postalCode') => ({
  postalCode: { label, pattern, example },
})

const state = (label: StateLabel, options?: readonly State[]) => ({ state: { label, options } })

const cityFirst = 'line1! line2 city! postalCode!'
const codeFirst = 'line1! line2 postalCode! city!'
const withState = 'line1! line2 city! state! postalCode!'

const threeAndThree = /^[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z] ?\d[ABCEGHJ-NPRSTV-Z]\d$/

/** Where we know nothing of a country's post we demand only what every address has. */
const anywhere = rule('line1! line2 city! state postalCode', state('region'))

const rules = new Map<string, AddressRule>([
  ['AE', rule('line1! line2 city! state!', state('emirate', aeEmirates))],
  ['AT', rule(codeFirst, postal(/^[1-9]\d{3}$/, '1010'))],
  [
    'AU',
    rule(withState, { ...postal(/^\d{4}$/, '2000', 'postcode'), ...state('state', auStates) }),
  ],
  ['BE', rule(codeFirst, postal(/^[1-9]\d{3}$/, '1000'))],
  [
    'BR',
    rule(withState, {
      ...postal(/^\d{5}-?\d{3}$/, '01310-100', 'cep'),
      ...state('state', brStates),
    }),
  ],
  [
    'CA',
    rule(withState, { ...postal(threeAndThree, 'M5V 3L9'), ...state('province', caProvinces) }),
  ],
  ['CH', rule(codeFirst, postal(/^[1-9]\d{3}$/, '8001'))],
  ['DE', rule(codeFirst, postal(/^(?!00)\d{5}$/, '10115'))],
  ['DK', rule(codeFirst, postal(/^\d{4}$/, '1050'))],
  [
    'ES',
    rule(`${codeFirst} state`, {
      ...postal(/^(?:0[1-9]|[1-4]\d|5[0-2])\d{3}$/, '28013'),
      ...state('province'),
    }),
  ],
  ['FI', rule(codeFirst, postal(/^\d{5}$/, '00100'))],
  ['FR', rule(codeFirst, postal(/^(?!00)\d{5}$/, '75001'))],
  [
    'GB',
    rule(
      cityFirst,
      postal(/^(?:GIR ?0AA|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})$/, 'SW1A 1AA', 'postcode'),
    ),
  ],
  [
    'IE',
    rule('line1! line2 city! state postalCode', {
      ...postal(/^(?:D6W|[A-Z]\d{2}) ?[A-Z\d]{4}$/, 'D02 AF30', 'eircode'),
      ...state('county'),
    }),
  ],
  [
    'IN',
    rule(withState, { ...postal(/^[1-9]\d{2} ?\d{3}$/, '110001', 'pinCode'), ...state('state') }),
  ],
  ['IT', rule(`${codeFirst} state`, { ...postal(/^\d{5}$/, '00118'), ...state('province') })],
  [
    'JP',
    rule('postalCode! state! city! line1! line2', {
      ...postal(/^\d{3}-?\d{4}$/, '100-0001'),
      ...state('prefecture'),
    }),
  ],
  [
    'MX',
    rule(`${codeFirst} state!`, { ...postal(/^\d{5}$/, '06000'), ...state('state', mxStates) }),
  ],
  ['NL', rule(codeFirst, postal(/^[1-9]\d{3} ?[A-Z]{2}$/, '1012 JS'))],
  ['NO', rule(codeFirst, postal(/^\d{4}$/, '0150'))],
  ['NZ', rule(cityFirst, postal(/^\d{4}$/, '1010', 'postcode'))],
  ['PL', rule(codeFirst, postal(/^\d{2}-\d{3}$/, '00-001'))],
  ['PT', rule(codeFirst, postal(/^\d{4}-\d{3}$/, '1000-001'))],
  ['SE', rule(codeFirst, postal(/^[1-9]\d{2} ?\d{2}$/, '111 29'))],
  [
    'UA',
    rule('line1! line2 city! state postalCode!', {
      ...postal(/^\d{5}$/, '01001'),
      ...state('region'),
    }),
  ],
  [
    'US',
    rule(withState, {
      ...postal(/^\d{5}(?:-\d{4})?$/, '95202', 'zip'),
      ...state('state', usStates),
    }),
  ],
])

export const addressRule = (country: string): AddressRule => rules.get(country) ?? anywhere

/** The address as it is kept: tidy spaces, capital postal codes, states by their code. */
export function normaliseAddress<T extends Address>(address: T): T {
  const country = address.country.trim().toUpperCase()
  const tidy = (text: string | null | undefined) => text?.trim().replace(/\s+/g, ' ') || undefined
  return {
    ...address,
    country,
    line1: tidy(address.line1),
    line2: tidy(address.line2),
    city: tidy(address.city),
    state: stateCode(country, tidy(address.state)),
    postalCode: tidy(address.postalCode)?.toUpperCase(),
  }
}

/** 'ca' and 'California' are CA; what is neither stays as it is, to be told. */
function stateCode(country: string, text: string | undefined): string | undefined {
  const meant = text?.toLowerCase()
  const found = addressRule(country).state?.options?.find(
    ({ code, name }) => code.toLowerCase() === meant || name.toLowerCase() === meant,
  )
  return found?.code ?? text
}

/** All that is wrong with an address by the rules of its country. Spaces and case are not. */
export function addressIssues(address: Address): AddressIssue[] {
  const tidy = normaliseAddress(address)
  if (!isCountry(tidy.country)) return [{ field: 'country', code: 'address.country_unknown' }]

  const { required, postalCode, state } = addressRule(tidy.country)
  const issues: AddressIssue[] = required
    .filter((field) => !tidy[field])
    .map((field) => ({ field, code: 'address.required' }))
  if (tidy.state && state?.options?.every(({ code }) => code !== tidy.state))
    issues.push({ field: 'state', code: 'address.state_unknown' })
  if (tidy.postalCode && postalCode?.pattern.test(tidy.postalCode) === false)
    issues.push({ field: 'postalCode', code: 'address.postal_code_malformed' })
  if (tidy.vatId?.trim() && !checkVatId(tidy.country, tidy.vatId))
    issues.push({ field: 'vatId', code: 'address.vat_malformed' })
  return issues
}
