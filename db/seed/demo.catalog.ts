import {
  productServices,
  productSubscriptions,
  products,
  services,
  subscriptions,
} from '#db/schema/catalog.ts'
import { customerClasses } from '#db/schema/customers.ts'
import { deviceModels } from '#db/schema/devices.ts'
import { money } from '#server/kernel/money.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

const kinds = {
  line: ['voice'],
  extension: ['voice', 'pbx'],
  auto_attendant: ['auto_attendant', 'pbx'],
  sim: ['data', 'messaging'],
} as const

const serviceNames = {
  voice: 'Voice calls',
  pbx: 'Cloud PBX',
  messaging: 'Messaging',
  data: 'Internet data',
  call_recording: 'Call recording',
  auto_attendant: 'Auto attendant',
} as const

/** Fees: activation, then each month; no fees is a product paid for by its package. */
const catalog = [
  {
    name: 'EasyCall',
    kind: 'line',
    fees: ['5', '9.99'],
    about: 'Local calls included, pay for the rest.',
  },
  {
    name: 'SuperCall',
    kind: 'line',
    fees: ['0', '19.99'],
    about: 'Unlimited calls in North America.',
  },
  {
    name: 'Cloud PBX',
    kind: 'extension',
    fees: ['0', '10'],
    about: 'A phone line in your Cloud PBX.',
  },
  {
    name: 'Auto attendant',
    kind: 'auto_attendant',
    fees: ['0', '6'],
    about: 'Greets callers and connects them.',
  },
  {
    name: 'Call recording',
    kind: 'extension',
    addon: true,
    fees: ['0', '4'],
    about: 'Records calls of a line.',
  },
  {
    name: 'Cloud PBX line',
    kind: 'extension',
    fees: ['0', '6'],
    about: 'A phone line in your Cloud PBX, paid line by line.',
  },
  {
    name: 'Cloud PBX up to 10 phone lines',
    kind: 'extension',
    about: 'A phone line of the package of ten.',
  },
  {
    name: 'Cloud PBX up to 5 phone lines',
    kind: 'extension',
    about: 'A phone line of the package of five.',
  },
  {
    name: 'Call recording, in the package',
    kind: 'extension',
    addon: true,
    about: 'Call recording of the package of five.',
  },
  {
    name: 'IoT SIM',
    kind: 'sim',
    fees: ['0', '1.5'],
    waits: true,
    about: 'A SIM card for a meter or a machine.',
  },
  {
    name: 'Bamboo Voice',
    kind: 'line',
    fees: ['0', '12.50'],
    about: 'A phone line with a friendly face.',
  },
  {
    name: 'Bamboo PBX line',
    kind: 'extension',
    fees: ['9', '8'],
    about: 'A phone line in your Bamboo PBX.',
  },
] as const satisfies readonly {
  name: string
  kind: keyof typeof kinds
  addon?: true
  waits?: true
  fees?: readonly [activation: string, monthly: string]
  about: string
}[]

/** Subscriptions that a customer holds directly: the price is for the package. */
const packages = [
  { name: 'Up to 10 Cloud PBX phone lines for $30', monthly: '30' },
  { name: '5 phone lines and 1 call recording for $20', monthly: '20' },
] as const

const phones = [
  { code: 'yealink-t31p', vendor: 'Yealink', model: 'T31P', format: 'yealink' },
  { code: 'yealink-t54w', vendor: 'Yealink', model: 'T54W', format: 'yealink' },
  { code: 'grandstream-grp2612', vendor: 'Grandstream', model: 'GRP2612', format: 'grandstream' },
  { code: 'grandstream-gxp2170', vendor: 'Grandstream', model: 'GXP2170', format: 'grandstream' },
  { code: 'softphone', vendor: 'Linphone', model: 'Softphone app', format: 'linphone' },
] as const

export type ProductName = (typeof catalog)[number]['name']
export type PackageName = (typeof packages)[number]['name']
export type PhoneCode = (typeof phones)[number]['code']

export type DemoCatalog = Readonly<{
  product: (name: ProductName) => number
  package: (name: PackageName) => number
  phone: (code: PhoneCode) => number
  retail: number
  business: number
  bamboo: number
}>

const finder = <Name extends string>(rows: readonly { name: string; id: number }[]) => {
  const ids = new Map(rows.map((row) => [row.name, row.id]))
  return (name: Name) => ids.get(name)!
}

/** Classes, services, products with what they cost, and phones. */
export async function seedCatalog({ db, env }: Ctx): Promise<DemoCatalog> {
  const classes = await db
    .insert(customerClasses)
    .values(
      (['Retail', 'Business', 'Bamboo'] as const).map((name) => ({
        env,
        name,
        currency: 'USD',
        taxName: 'GST',
        taxRate: '5',
        taxInclusive: name === 'Bamboo',
        billingDay: name === 'Retail' ? null : 1,
        creditLimit: name === 'Business' ? money('500') : null,
      })),
    )
    .returning({ name: customerClasses.name, id: customerClasses.id })

  const serviceRows = await db
    .insert(services)
    .values(Object.entries(serviceNames).map(([code, name]) => ({ env, code, name })))
    .returning({ name: services.code, id: services.id })
  const service = finder(serviceRows)

  const productRows = await db
    .insert(products)
    .values(
      catalog.map((item) => ({
        env,
        name: item.name,
        role: 'addon' in item ? ('addon' as const) : ('main' as const),
        accountKind: item.kind,
        description: item.about,
        newAccounts: 'waits' in item ? ('inactive' as const) : ('active' as const),
      })),
    )
    .returning({ name: products.name, id: products.id })
  const product = finder<ProductName>(productRows)
  await db.insert(productServices).values(
    catalog.flatMap((item) => {
      const codes = 'addon' in item ? ['call_recording'] : kinds[item.kind]
      return codes.map((code) => ({ env, product: product(item.name), service: service(code) }))
    }),
  )

  const priced = catalog.flatMap((item) => ('fees' in item ? [item] : []))
  const subscriptionRows = await db
    .insert(subscriptions)
    .values([
      ...priced.map(({ name, fees: [activation, monthly] }) => ({
        env,
        name,
        currency: 'USD',
        activationFee: money(activation),
        periodicFee: money(monthly),
      })),
      ...packages.map(({ name, monthly }) => ({
        env,
        name,
        currency: 'USD',
        activationFee: money('0'),
        periodicFee: money(monthly),
      })),
    ])
    .returning({ name: subscriptions.name, id: subscriptions.id })
  const subscription = finder(subscriptionRows)
  await db
    .insert(productSubscriptions)
    .values(
      priced.map(({ name }) => ({ env, product: product(name), subscription: subscription(name) })),
    )

  const phoneRows = await db
    .insert(deviceModels)
    .values(
      phones.map((phone) => ({
        env,
        ...phone,
        kind: phone.format === 'linphone' ? ('softphone' as const) : ('desk' as const),
        picture: `${phone.code}.svg`,
      })),
    )
    .returning({ name: deviceModels.code, id: deviceModels.id })

  return {
    product,
    package: subscription as DemoCatalog['package'],
    phone: finder<PhoneCode>(phoneRows),
    retail: finder(classes)('Retail'),
    business: finder(classes)('Business'),
    bamboo: finder(classes)('Bamboo'),
  }
}
