import { brokenConstraint } from '#db/client.ts'
import * as audit from '#server/audit/service.ts'
import { demand } from '#server/auth/rights.ts'
import { classInUse, classNameTaken, classNotFound } from '#server/customers/errors.ts'
import { classAdded, classChanged } from '#server/customers/events.ts'
import * as repo from '#server/customers/repo.classes.ts'
import type { AddClass, ClassView, EditClass } from '#server/customers/schema.classes.ts'
import { publish } from '#server/events/service.ts'
import { type DecimalString, type Money, money, toDecimal } from '#server/kernel/money.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

const decimal = (amount: Money | null): DecimalString | null =>
  amount === null ? null : toDecimal(amount)

const typed = (amount: string | null): Money | null => (amount === null ? null : money(amount))

/** As the database keeps it: 8.25 is 8.2500. */
function fourPlaces(rate: string): string {
  const [whole = '', places = ''] = rate.split('.')
  return `${Number(whole)}.${places.padEnd(4, '0')}`
}

/** Every class by name, with its rules and how many have it. */
export async function list(ctx: Ctx): Promise<ClassView[]> {
  demand(ctx.actor, 'classes:read')
  const rows = await repo.list(ctx)
  return rows.map((row) => ({
    ...row,
    creditLimit: decimal(row.creditLimit),
    balanceWarning: decimal(row.balanceWarning),
  }))
}

/** @throws conflict `customers.class_name_taken` */
export async function add(ctx: Ctx, input: AddClass): Promise<{ customerClass: number }> {
  demand(ctx.actor, 'customers:write')

  const rules = asKept(input)
  const [row] = await repo.insert(ctx, rules).catch(nameTaken(rules.name))
  const { customerClass } = row!

  await publish(ctx, classAdded(customerClass, told(rules)))
  await audit.done(ctx, {
    action: 'customer_class.add',
    ...entity(customerClass),
    after: told(rules),
  })
  return { customerClass }
}

/**
 * Changes the rules of a class, for whoever has it: each from when its form says. The same again
 * changes nothing, and nobody is told.
 *
 * @throws not_found `customers.class_not_found`; conflict `customers.class_in_use`,
 *   `customers.class_name_taken`
 */
export async function edit(ctx: Ctx, { customerClass, ...input }: EditClass): Promise<void> {
  demand(ctx.actor, 'customers:write')

  const [row] = await repo.lock(ctx, customerClass)
  if (!row) throw classNotFound()

  const next = asKept(input)
  const changed = fields.filter((field) => String(next[field]) !== String(row[field]))
  if (changed.length === 0) return
  if (changed.includes('currency')) {
    const [found] = await repo.inUse(ctx, customerClass)
    if (found!.inUse) throw classInUse(row.name, row.currency)
  }

  const pick = <T extends object>(from: T) =>
    Object.fromEntries(changed.map((field) => [field, from[field as keyof T] ?? null]))
  const [was, is] = [pick(told(row)), pick(told(next))]
  await repo.update(ctx, customerClass, pick(next)).catch(nameTaken(next.name))

  const { name } = next
  await publish(ctx, classChanged(customerClass, { name, ...is }))
  await audit.done(ctx, {
    action: 'customer_class.edit',
    ...entity(customerClass),
    before: { name: row.name, ...was },
    after: { name, ...is },
  })
}

const fields = [
  'name',
  'currency',
  'taxName',
  'taxRate',
  'taxInclusive',
  'billingDay',
  'dueDays',
  'retryDays',
  'suspendDays',
  'suspendOverLimit',
  'creditLimit',
  'balanceWarning',
] as const satisfies readonly (keyof AddClass)[]

type Kept = Omit<AddClass, 'currency' | 'creditLimit' | 'balanceWarning'> &
  Readonly<{ currency: string; creditLimit: Money | null; balanceWarning: Money | null }>

const asKept = (input: AddClass): Kept => ({
  ...input,
  taxRate: fourPlaces(input.taxRate),
  creditLimit: typed(input.creditLimit),
  balanceWarning: typed(input.balanceWarning),
})

/** As it is told: an amount is a decimal. */
const told = (rules: Kept) => ({
  ...rules,
  creditLimit: decimal(rules.creditLimit),
  balanceWarning: decimal(rules.balanceWarning),
})

const entity = (customerClass: number) => ({
  entity: 'customer_class',
  entityId: String(customerClass),
})

const nameTaken = (name: string) => (error: unknown) => {
  if (brokenConstraint(error) === 'customer_classes_name') throw classNameTaken(name)
  throw error
}
