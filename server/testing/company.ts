import { randomUUID } from 'node:crypto'
import * as items from '#server/agreements/service.items.ts'
import { type AddProduct, usualTerms } from '#server/catalog/schema.ts'
import * as editor from '#server/catalog/service.editor.ts'
import * as customers from '#server/customers/service.ts'
import type { CustomerId, ProductId } from '#server/kernel/ids.ts'
import { type Actor, system } from '#server/runtime/actor.ts'
import { people, type TestDatabase } from '#server/testing/database.ts'

type Sold = Pick<AddProduct, 'name' | 'periodicFee'> & Partial<AddProduct>

/** A product of one's own: a main one for extensions, active at once, unless said. */
export async function sell(it: TestDatabase, product: Sold): Promise<ProductId> {
  const made = await it.as(people.admin, (ctx) =>
    editor.addProduct(ctx, {
      description: '',
      role: 'main',
      accountKind: 'extension',
      newAccounts: 'active',
      currency: 'USD',
      activationFee: '0',
      terms: usualTerms,
      services: [],
      key: randomUUID(),
      ...product,
    }),
  )
  return made.product as ProductId
}

export type CompanyActor = Actor & { customer: CustomerId }

/** A company with nothing yet, and its PBX administrator. */
export async function company(it: TestDatabase, companyName: string): Promise<CompanyActor> {
  const customer = await it.as(system('test'), async (ctx) => {
    const [row] = await it.sql<{ id: number }>(
      "select id from customer_classes where name = 'Business'",
    )
    return customers.create(ctx, {
      customerClass: row!.id,
      companyName,
      firstName: 'Adam',
      lastName: 'Abbott',
      email: 'adam@example.com',
      phone: '16045550123',
      line1: '1 Harbour Street',
      city: 'Vancouver',
      country: 'CA',
      currency: 'USD',
      timeZone: 'America/Vancouver',
      locale: 'en',
    })
  })
  return { ...people.adam, customer }
}

/** Puts a product into a company's agreement, or changes how many it may have; null is unlimited. */
export const agree = (
  it: TestDatabase,
  { customer }: CompanyActor,
  product: ProductId,
  quantity: number | null,
): Promise<void> =>
  it.as(people.admin, (ctx) =>
    items.setItem(ctx, { customer: customer as number, product, quantity }),
  )
