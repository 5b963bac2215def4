import * as audit from '#server/audit/service.ts'
import { demand } from '#server/auth/rights.ts'
import { customerNotFound } from '#server/customers/errors.ts'
import { customerChanged } from '#server/customers/events.ts'
import * as repo from '#server/customers/repo.profile.ts'
import type { CompanyView, EditCompany } from '#server/customers/schema.contact.ts'
import { publish } from '#server/events/service.ts'
import { normaliseAddress } from '#server/kernel/address.ts'
import { normaliseEmail } from '#server/kernel/email.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import { parsePhone } from '#server/kernel/phone.ts'
import { checkVatId } from '#server/kernel/vat.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

const fields = [
  'name',
  'firstName',
  'lastName',
  'email',
  'phone',
  'line1',
  'line2',
  'city',
  'state',
  'postalCode',
  'country',
  'vatId',
] as const satisfies readonly (keyof repo.Profile)[]

/** What the provider knows of my company. @throws not_found `customers.not_found` */
export async function company(ctx: Ctx): Promise<CompanyView> {
  demand(ctx.actor, 'customer:read')
  const [row] = await repo.find(ctx, ctx.actor.customer as CustomerId)
  if (!row) throw customerNotFound()
  const { name, companyName, currency, timeZone, locale } = row
  const { firstName, lastName, vatId, email, phone } = row
  const { country, line1, line2, city, state, postalCode } = row
  return {
    customer: row.id,
    ...{ name, companyName, currency, timeZone, locale },
    contact: {
      ...{ firstName, lastName, vatId, email, phone },
      ...{ country, line1, line2, city, state, postalCode },
    },
  }
}

/**
 * Changes whom to call at my company and where it is; the same again changes nothing, and nobody is
 * told.
 *
 * @throws not_found `customers.not_found`
 */
export async function editCompany(ctx: Ctx, input: EditCompany): Promise<void> {
  demand(ctx.actor, 'customer:write')

  const customer = ctx.actor.customer as CustomerId
  const [row] = await repo.lock(ctx, customer)
  if (!row) throw customerNotFound()

  const next = asKept(row.companyName, input)
  const changed = fields.filter((field) => (next[field] ?? null) !== row[field])
  if (changed.length === 0) return

  const pick = (from: Partial<repo.Profile>) =>
    Object.fromEntries(changed.map((field) => [field, from[field] ?? null]))
  await repo.update(ctx, customer, pick(next))

  await publish(ctx, customerChanged(customer, pick(next)))
  await audit.done(ctx, {
    action: 'customer.edit',
    entity: 'customer',
    entityId: String(customer),
    before: pick(row),
    after: pick(next),
  })
}

/** One way of writing each; a customer that is no company is called after its person. */
function asKept(companyName: string | null, input: EditCompany): repo.Profile {
  const { country, phone, email, vatId, ...rest } = normaliseAddress(input)
  return {
    ...rest,
    country,
    name: companyName ?? `${rest.firstName} ${rest.lastName}`,
    email: normaliseEmail(email) ?? email,
    phone: parsePhone(phone, country) ?? phone,
    vatId: vatId && (checkVatId(country, vatId) ?? vatId),
  }
}
