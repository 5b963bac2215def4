import { demand } from '#server/auth/rights.ts'
import { customerNotFound } from '#server/customers/errors.ts'
import * as repo from '#server/customers/repo.directory.ts'
import {
  type CustomerList,
  type CustomerOverview,
  type CustomerQuery,
  type CustomerRow,
  type CustomerView,
  customersPerPage,
} from '#server/customers/schema.ts'
import { inCharge } from '#server/customers/service.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import { toDecimal } from '#server/kernel/money.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

type Found = Awaited<ReturnType<typeof repo.find>>[number]

const rowOf = (row: Found): CustomerRow => ({
  customer: row.customer,
  name: row.name,
  email: row.email,
  city: row.city,
  country: row.country,
  parent: row.parent && row.parentName ? { customer: row.parent, name: row.parentName } : null,
  isReseller: row.isReseller,
  status: row.status,
  currency: row.currency,
  balance: toDecimal(row.balance),
  accounts: row.accounts,
  waiting: row.waiting,
  blocked: row.blocked,
})

/**
 * Customers that whoever acts looks after, a page of them by name; found by what they or their
 * users, numbers and accounts are called.
 */
export async function directory(ctx: Ctx, query: CustomerQuery): Promise<CustomerList> {
  demand(ctx.actor, 'customers:read')
  const asked = {
    ...query,
    ...wordsOf(query.search),
    ...(ctx.actor.realm === 'reseller' && { but: ctx.actor.customer as CustomerId }),
  }
  const [found] = await repo.total(ctx, asked)
  const rows = await repo.page(ctx, asked, customersPerPage)
  return { rows: rows.map(rowOf), total: found!.n }
}

/** A phone number is found however it is written; everything else as typed. */
function wordsOf(text: string): { like?: string; digits?: number } {
  if (text === '') return {}
  const digits = text.replace(/[\s().+-]/g, '')
  const number = /^\d{1,20}$/.test(digits)
  const word = number ? digits : text
  return {
    like: `%${word.replace(/[\\%_]/g, '\\$&')}%`,
    ...(number && Number(digits) <= 2_147_483_647 && { digits: Number(digits) }),
  }
}

/** @throws not_found `customers.not_found` */
export async function overview(ctx: Ctx, { customer }: CustomerOverview): Promise<CustomerView> {
  demand(ctx.actor, 'customers:read')
  const id = customer as CustomerId
  await inCharge(ctx, id)
  const [row] = await repo.find(ctx, id)
  if (!row) throw customerNotFound()
  return {
    ...rowOf(row),
    person: [row.firstName, row.lastName].filter(Boolean).join(' '),
    phone: row.phone,
    address: [
      row.line1,
      row.line2,
      [row.city, row.state, row.postalCode].filter(Boolean).join(' '),
      row.country,
    ].filter((line): line is string => Boolean(line)),
    vatId: row.vatId,
    timeZone: row.timeZone,
    locale: row.locale,
    customerClass: row.customerClass,
    creditLimit: row.creditLimit === null ? null : toDecimal(row.creditLimit),
    since: row.createdAt.toISOString(),
  }
}
