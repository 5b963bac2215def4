import type { Database } from '#db/client.ts'
import { apiTokens, users } from '#db/schema/auth.ts'
import { issuers } from '#db/schema/billing-tax.ts'
import { customers } from '#db/schema/customers.ts'
import { environments } from '#db/schema/environments.ts'
import { numbers } from '#db/schema/numbers.ts'
import {
  type DemoCatalog,
  type PhoneCode,
  type ProductName,
  seedCatalog,
} from '#db/seed/demo.catalog.ts'
import { freeNumbers, retailPeople } from '#db/seed/demo.people.ts'
import { seedSites } from '#db/seed/demo.sites.ts'
import { seedUsage } from '#db/seed/demo.usage.ts'
import * as accounts from '#server/accounts/service.ts'
import * as agreements from '#server/agreements/service.ts'
import { hashPassword } from '#server/auth/passwords.ts'
import { customerCreated } from '#server/customers/events.ts'
import * as devices from '#server/devices/service.ts'
import { publish } from '#server/events/service.ts'
import { dayIn } from '#server/kernel/civil.ts'
import type {
  AccountId,
  CustomerId,
  EnvId,
  Instant,
  ProductId,
  SubscriptionId,
} from '#server/kernel/ids.ts'
import { zero } from '#server/kernel/money.ts'
import { isPleasant } from '#server/kernel/phone.ts'
import * as groups from '#server/pbx/service.groups.ts'
import * as pbx from '#server/pbx/service.ts'
import { system } from '#server/runtime/actor.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { openLog } from '#server/runtime/log.ts'
import { hashToken, type Secrets } from '#server/runtime/secrets.ts'
import { unitOfWork } from '#server/runtime/unit-of-work.ts'

const env = 1 as EnvId
const abc = 46170 as CustomerId
const ten = 46171 as CustomerId
const meter = 46172 as CustomerId
const bamboo = 46173 as CustomerId
const bambooShop = 46174 as CustomerId
const five = 46175 as CustomerId

type Person = typeof users.$inferInsert.realm

/**
 * Panda Telecom and its customers: the data that people and tools rely on by name. Loaded once, in
 * one transaction, through the same services that serve people; a second call does nothing.
 */
export async function seedDemo(given: {
  database: Database
  secrets: Secrets
  now: Date
}): Promise<void> {
  const edge = {
    ...given,
    clock: { now: () => given.now as Instant },
    log: openLog('silent'),
    requestId: 'demo-data',
    env,
    actor: system('Panda Telecom'),
  }
  await unitOfWork(edge, async (ctx) => {
    if (!(await claimEnvironment(ctx))) return

    await ctx.db.insert(issuers).values({ env, ...pandaTelecom })
    const catalog = await seedCatalog(ctx)
    await seedBusinesses(ctx, catalog)
    await seedSites(ctx, catalog, bamboo)
    await seedRetail(ctx, catalog)
    await seedUsage(ctx)
    await seedNumbers(ctx, freeNumbers)
  })
}

/** As on its invoices. */
const pandaTelecom = {
  legalName: 'Panda Telecom Inc.',
  line1: '1055 West Hastings Street',
  line2: 'Suite 1700',
  city: 'Vancouver',
  state: 'BC',
  postalCode: 'V6E 2E9',
  country: 'CA',
  vatId: '123456782RT0001',
  registration: 'British Columbia registry, BC1234567',
  email: 'billing@panda.example',
  bankDetails:
    'Harbour Bank of Canada, transit 00010, institution 999\nAccount 100 200 300, SWIFT HBCACATT',
  paymentTerms: 'Payable within 14 days. Please state the invoice number with your payment.',
}

/** Two processes that start at once: one makes the environment, the other finds it made. */
async function claimEnvironment({ db }: Ctx): Promise<boolean> {
  const made = await db
    .insert(environments)
    .values({
      id: env,
      name: 'Panda Telecom',
      currency: 'USD',
      timeZone: 'America/Vancouver',
      sipDomain: 'sip.panda.example',
      hostNames: [],
      accent: '#5b4bdb',
      supportEmail: 'help@panda.example',
      supportPhone: '16045550100',
      sandbox: true,
    })
    .onConflictDoNothing()
    .returning({ id: environments.id })
  return made.length === 1
}

async function seedNumbers(
  ctx: Ctx,
  rows: readonly {
    number: string
    city: string
    region: string
    country: string
    customer?: CustomerId
  }[],
): Promise<void> {
  await ctx.db.insert(numbers).values(
    rows.map((row) => ({
      ...row,
      env: ctx.env,
      pool: 'retail',
      pleasant: isPleasant(row.number),
    })),
  )
}

type Business = Omit<Partial<typeof customers.$inferInsert>, 'env'> & {
  id: CustomerId
  companyName: string
}

async function seedCustomer(ctx: Ctx, catalog: DemoCatalog, business: Business): Promise<void> {
  const row = {
    env: ctx.env,
    customerClass: catalog.business,
    name: business.companyName,
    firstName: 'Accounts',
    lastName: 'Office',
    line1: '1 Harbour Street',
    city: 'Vancouver',
    state: 'BC',
    postalCode: 'V6B 1A1',
    country: 'CA',
    currency: 'USD',
    timeZone: 'America/Vancouver',
    balance: zero,
    createdAt: ctx.now,
    ...business,
  }
  await ctx.db.insert(customers).values(row)
  await publish(
    ctx,
    customerCreated(business.id, {
      name: business.companyName,
      parent: business.parent as CustomerId | undefined,
      currency: 'USD',
    }),
  )
}

async function seedUser(
  ctx: Ctx,
  realm: Person,
  login: string,
  name: string,
  owner: { customer?: CustomerId; account?: AccountId } = {},
): Promise<number> {
  const [row] = await ctx.db
    .insert(users)
    .values({
      env: ctx.env,
      realm,
      login,
      name,
      email: `${login}@example.com`,
      passwordHash: await hashPassword(`${login}-2026`),
      ...owner,
    })
    .returning({ id: users.id })
  return row!.id
}

async function seedBusinesses(ctx: Ctx, catalog: DemoCatalog): Promise<void> {
  const admin = await seedUser(ctx, 'admin', 'demo-admin', 'Pat Panda')
  await ctx.db.insert(apiTokens).values({
    env: ctx.env,
    tokenHash: hashToken('demo-admin-token'),
    user: admin,
    name: 'Demo token',
    createdAt: ctx.now,
  })

  await seedAbc(ctx, catalog)
  await seedPackage(ctx, catalog, {
    business: {
      id: ten,
      companyName: 'Ten Lines Ltd',
      city: 'Seattle',
      state: 'WA',
      postalCode: '98101',
      country: 'US',
    },
    user: ['demo-ten', 'Tina Ten'],
    subscription: 'Up to 10 Cloud PBX phone lines for $30',
    items: [['Cloud PBX up to 10 phone lines', 10]],
    people: ['Tina Ten', 'Theo Lane', 'Tara Wire'],
    prefix: '1206555',
  })
  await seedPackage(ctx, catalog, {
    business: {
      id: five,
      companyName: 'Five Plus One Ltd',
      city: 'Toronto',
      state: 'ON',
      postalCode: 'M5V 2T6',
      timeZone: 'America/Toronto',
    },
    user: ['demo-five', 'Fiona Five'],
    subscription: '5 phone lines and 1 call recording for $20',
    items: [
      ['Cloud PBX up to 5 phone lines', 5],
      ['Call recording, in the package', 1],
    ],
    people: ['Fiona Five', 'Frank Plus'],
    prefix: '1647555',
  })

  await seedCustomer(ctx, catalog, {
    id: meter,
    companyName: 'Meter Networks',
    city: 'Austin',
    state: 'TX',
    postalCode: '73301',
    country: 'US',
    timeZone: 'America/Chicago',
  })
  await agreements.grant(ctx, meter, [
    { product: catalog.product('IoT SIM') as ProductId, quantity: 1000 },
  ])
  await seedUser(ctx, 'customer', 'demo-meter', 'Mel Meter', { customer: meter })

  await seedCustomer(ctx, catalog, { id: bamboo, companyName: 'Bamboo Resale', isReseller: true })
  await seedUser(ctx, 'reseller', 'demo-bamboo', 'Bao Bamboo', { customer: bamboo })
  await seedCustomer(ctx, catalog, { id: bambooShop, companyName: 'Bamboo Shop', parent: bamboo })
}

/** ABC Company of the manual: everything unlimited, each line paid for. */
async function seedAbc(ctx: Ctx, catalog: DemoCatalog): Promise<void> {
  await seedCustomer(ctx, catalog, {
    id: abc,
    companyName: 'ABC Company',
    city: 'Stockton',
    state: 'CA',
    postalCode: '95202',
    country: 'US',
    timeZone: 'America/Los_Angeles',
  })
  await seedUser(ctx, 'customer', 'demo-adam', 'Adam Abbott', { customer: abc })
  await seedNumbers(
    ctx,
    Array.from({ length: 32 }, (_, i) => ({
      number: String(12094555948 + i),
      city: 'Stockton',
      region: 'CA',
      country: 'US',
      customer: abc,
    })),
  )
  const product = (name: ProductName) => catalog.product(name) as ProductId
  await agreements.grant(
    ctx,
    abc,
    (['Auto attendant', 'Cloud PBX', 'Call recording'] as const).map((name) => ({
      product: product(name),
      quantity: null,
    })),
  )
  await groups.openGroups(ctx, abc, ['Sales', 'Support'])
  await pbx.openAttendant(ctx, {
    customer: abc,
    name: 'Main menu',
    product: product('Auto attendant'),
    numbers: ['12094555948'],
  })
  const john = await pbx.openExtension(ctx, {
    customer: abc,
    extension: '4665',
    name: 'John Doe',
    product: product('Cloud PBX'),
    numbers: ['12094555949'],
    email: 'john.doe@example.com',
    published: true,
  })
  await givePhone(ctx, catalog, abc, john, 'yealink-t54w')
  await seedUser(ctx, 'account', 'demo-john', 'John Doe', { customer: abc, account: john.account })
}

async function givePhone(
  ctx: Ctx,
  catalog: DemoCatalog,
  customer: CustomerId,
  { account, accountId }: { account: AccountId; accountId: string },
  code: PhoneCode,
) {
  const [model] = await devices.models(ctx, [catalog.phone(code)])
  await devices.give(ctx, { account, accountId, customer, model: model! })
}

type Package = {
  business: Business
  user: [login: string, name: string]
  subscription: Parameters<DemoCatalog['package']>[0]
  items: [ProductName, number][]
  people: string[]
  prefix: string
}

/** A company that pays for a package, with its first people on it. */
async function seedPackage(ctx: Ctx, catalog: DemoCatalog, it: Package): Promise<void> {
  const customer = it.business.id
  await seedCustomer(ctx, catalog, it.business)
  await seedUser(ctx, 'customer', ...it.user, { customer })
  await seedNumbers(
    ctx,
    Array.from({ length: 12 }, (_, i) => ({
      number: `${it.prefix}${7100 + i}`,
      city: it.business.city!,
      region: it.business.state!,
      country: it.business.country ?? 'CA',
      customer,
    })),
  )
  await agreements.grant(
    ctx,
    customer,
    it.items.map(([name, quantity]) => ({ product: catalog.product(name) as ProductId, quantity })),
  )
  const { facts } = await agreements.subscribe(ctx, [
    {
      customer,
      subscription: catalog.package(it.subscription) as SubscriptionId,
      name: it.subscription,
      startedOn: dayIn(it.business.timeZone ?? 'America/Vancouver', ctx.now),
    },
  ])
  await publish(ctx, ...facts)
  for (const [i, name] of it.people.entries()) {
    const opened = await pbx.openExtension(ctx, {
      customer,
      extension: String(101 + i),
      name,
      product: catalog.product(it.items[0]![0]) as ProductId,
      numbers: [`${it.prefix}${7100 + i}`],
    })
    await givePhone(ctx, catalog, customer, opened, i === 0 ? 'yealink-t54w' : 'softphone')
  }
}

/** Forty people with a phone line each. */
async function seedRetail(ctx: Ctx, catalog: DemoCatalog): Promise<void> {
  for (const { number, product: productName, ...person } of retailPeople) {
    const customer = person.id as CustomerId
    const name = `${person.firstName} ${person.lastName}`
    const product = catalog.product(productName) as ProductId
    await ctx.db.insert(customers).values({
      ...person,
      env: ctx.env,
      name,
      customerClass: catalog.retail,
      currency: 'USD',
      balance: zero,
      createdAt: ctx.now,
    })
    await publish(ctx, customerCreated(customer, { name, currency: 'USD' }))
    await seedNumbers(ctx, [
      { number, city: person.city, region: person.state, country: person.country, customer },
    ])
    await agreements.grant(ctx, customer, [{ product, quantity: 1 }])
    await accounts.open(ctx, {
      customer,
      product,
      kind: 'line',
      accountId: number,
      name,
      email: person.email,
      timeZone: person.timeZone,
      numbers: [number],
    })
  }
}
