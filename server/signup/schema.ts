import { z } from 'zod'
import type { TaxNote } from '#server/billing/schema.tax.ts'
import type { Recurring } from '#server/catalog/schema.recurring.ts'
import type { Terms } from '#server/catalog/schema.ts'
import { checkContact, contactFields, zOptional, zText } from '#server/customers/schema.contact.ts'
import { locales } from '#server/kernel/locale.ts'
import type { DecimalString } from '#server/kernel/money.ts'
import { type CityCount, type FreeNumber, zNumber } from '#server/numbers/schema.ts'
import type { CardPlace } from '#server/payments/schema.ts'

export type { ConfigLink } from '#server/devices/schema.ts'

/** Steps of the wizard, each a page of its own, in this order. */
export const steps = ['plan', 'address', 'phone', 'payment', 'summary', 'done'] as const
export type Step = (typeof steps)[number]

const zSlug = z.string().regex(/^[a-z0-9][a-z0-9-]{0,40}$/)

export const zSiteRef = z.strictObject({ site: zSlug })
export type SiteRef = z.infer<typeof zSiteRef>

/** A site in a language it speaks; its first one unless said. */
export const zSite = zSiteRef.extend({ locale: z.enum(locales).optional() })
export type Site = z.infer<typeof zSite>

/** Who signs up and where they live; rules by country are the kernel's. */
export const zAddress = z
  .strictObject({
    ...contactFields,
    companyName: zOptional(120),
    /** IANA zone of the browser; bills follow its calendar. */
    timeZone: zText(60).min(1),
  })
  .superRefine(checkContact)
export type Address = z.infer<typeof zAddress>

/** A signup in progress, as the server keeps it. Nothing secret and nothing of a card is in it. */
export type DraftData = {
  plan: string
  locale: (typeof locales)[number]
  address?: Address
  /** The number wanted; whether it is still kept, the inventory says. */
  number?: string
  /** Code of a device model. */
  device?: string
  promo?: string
}

const zVersion = z.number().int().positive()
export const zChoosePlan = zSiteRef.extend({
  plan: z.string().min(1).max(40),
  locale: z.enum(locales),
})
export type ChoosePlan = z.infer<typeof zChoosePlan>
export const zSaveAddress = zSiteRef.extend({ version: zVersion, address: zAddress })
export type SaveAddress = z.infer<typeof zSaveAddress>
export const zFindNumbers = zSiteRef.extend({
  city: zOptional(80),
  /** `55` or `*55` ends in 55, `555*` starts with (after the country code), `*12*` contains. */
  pattern: z
    .string()
    .trim()
    .regex(/^[0-9*?]{0,15}$/)
    .optional(),
  /** Another number shows other numbers. */
  page: z.number().int().min(0).max(1000).default(0),
})
export type FindNumbers = z.infer<typeof zFindNumbers>
export const zHoldNumber = zSiteRef.extend({ number: zNumber })
export type HoldNumber = z.infer<typeof zHoldNumber>
export const zChooseDevice = zSiteRef.extend({ version: zVersion, device: z.string().max(40) })
export type ChooseDevice = z.infer<typeof zChooseDevice>
export const zPromo = zSiteRef.extend({ version: zVersion, code: zText(40).min(1) })
export type Promo = z.infer<typeof zPromo>
export const zVersioned = zSiteRef.extend({ version: zVersion })
export type Versioned = z.infer<typeof zVersioned>

export const zSubmit = zSiteRef.extend({
  version: zVersion,
  /** One a press of the button: pressing twice is pressing once. */
  key: z.uuid(),
  /** The gateway's token for the card; single use. */
  cardToken: z.string().min(8).max(200),
  /** What the page showed as due today; a price that changed since is refused, never charged. */
  dueToday: z.string().regex(/^\d{1,9}\.\d{2,5}$/),
  acceptTerms: z.literal(true),
  /** Solution of the proof of work. */
  proof: z.string().min(10).max(4000),
})
export type Submit = z.infer<typeof zSubmit>
export const zResume = zSiteRef.extend({ token: z.string().min(20).max(100) })
export type Resume = z.infer<typeof zResume>
/** Back from the bank's page, or done with it without an answer. */
export const zContinue = zSiteRef.extend({ gaveUp: z.boolean().default(false) })
export type Continue = z.infer<typeof zContinue>

export type PlanView = {
  code: string
  name: string
  headline: string
  features: string[]
  kind: 'line' | 'pbx'
  activation: DecimalString
  /** Tax as the plan's prices have it. */
  recurring: Recurring[]
  /** Whether it is for each line or for the package. */
  per: 'line' | 'package'
  currency: string
}

export type DeviceView = {
  code: string
  vendor: string
  model: string
  kind: 'desk' | 'softphone'
  picture: string
}

export type SiteView = {
  site: string
  /** Whether it takes signups; one that doesn't still shows what was ordered. */
  open: boolean
  title: string
  tagline: string
  accent: string
  logo: string | null
  locales: (typeof locales)[number][]
  termsUrl: string
  privacyUrl: string
  supportEmail: string
  supportPhone: string
  plans: PlanView[]
  devices: DeviceView[]
  /** Where the payment gateway takes the card; an origin of its own. */
  cardFields: CardPlace
}

/** One line of what is due, exact to the cent, tax apart. */
export type QuoteLine = {
  kind: 'activation' | 'periodic' | 'discount'
  /** The subscription's name, or the promo code: a word of the provider's, the same in any language. */
  description: string
  amount: DecimalString
  tax: DecimalString
  /** The subscription it is for. */
  subscription: number
  /** The period that is paid, of a fee a period; older orders' are months. */
  every?: Pick<Terms, 'period' | 'periodCount'>
}

/** What a code takes off periods that aren't charged today. */
export type LaterDiscount = {
  subscription: number
  code: string
  percent: string | null
  amount: DecimalString | null
  /** Periods before it: the one that is charged today, or none. */
  after: number
  /** Null: all that come. */
  periods: number | null
}

/** Every amount comes from here; nothing the browser sends can change one. */
export type Quote = {
  currency: string
  lines: QuoteLine[]
  net: DecimalString
  taxName: string
  /** Percent. */
  taxRate: string
  /** What law asks to be said of it; older orders don't have it. */
  taxNote?: TaxNote | null
  /** Whether prices have it in them; older orders don't say. */
  taxInclusive?: boolean
  tax: DecimalString
  dueToday: DecimalString
  /** From the first period on that isn't paid today, tax included. */
  recurring: Recurring[]
  /** Older orders don't have it. */
  later?: LaterDiscount[]
  /** The subscription that the customer will hold directly; older orders don't say. */
  held?: number | null
  /** First day of the first period, and the day of the next charge if there is one, in the customer's zone. */
  periodFrom: string
  nextCharge: string | null
}

export type HoldView = {
  number: string
  city: string
  /** ISO instant; the countdown runs to here. */
  until: string
  extended: boolean
  lapsed: boolean
}

export type DraftView = {
  version: number
  /** The first step not yet done: no link or back button can skip one. */
  step: Step
  plan: PlanView
  address: Address | null
  hold: HoldView | null
  device: DeviceView | null
  promo: string | null
  quote: Quote
  order: OrderView | null
  expiresAt: string
}

export type NumberChoice = FreeNumber
export type NumberSearch = {
  cities: CityCount[]
  numbers: NumberChoice[]
  more: boolean
}

/** Where a checkout stands, as the prospect sees it. */
export type OrderView = {
  state: 'working' | 'action_required' | 'completed' | 'failed'
  /** What is being worked on; null when nothing is. */
  doing: 'authorizing' | 'setting_up' | 'undoing' | null
  key: string
  /** The bank's page, while it asks for one. */
  challengeUrl: string | null
  /**
   * Why it failed: a decline code of the gateway (`card_declined`, `insufficient_funds`,
   * `authentication_failed` …), `amount_too_small`, `challenge_abandoned`, `interrupted`, `payment_canceled`,
   * `number_taken`, `provisioning_failed`, or the code of a refusal.
   */
  failure: string | null
  /** Numbers like the one that was lost. */
  alternatives: NumberChoice[]
}

/** What came into being. */
export type OrderResult = {
  customer: number
  account: number
  accountId: string
  user: number
  login: string
  number: string
  extension: string | null
  invoice: string
  invoiceId: number
}

export type Confirmation = {
  number: string
  accountId: string
  extension: string | null
  customer: number
  login: string
  planName: string
  kind: 'line' | 'pbx'
  device: DeviceView
  invoice: string
  paid: DecimalString
  currency: string
  card: { brand: string; last4: string }
  email: string
  /** False once the credentials have been shown. */
  credentialsWaiting: boolean
}

/** Shown once. */
export type Credentials = {
  sip: { domain: string; username: string; password: string }
  selfcare: { login: string; password: string }
}

/** A draft nobody touches is forgotten after this. */
export const draftDays = 14
/** How long after a signup its confirmation opens doors; self-care does from then on. */
export const confirmationHours = 24
