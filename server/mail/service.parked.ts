import * as auth from '#server/auth/service.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import { defaultLocale } from '#server/kernel/locale.ts'
import { type BillingParked, billingParkedMail } from '#server/mail/parked.ts'
import { queue } from '#server/mail/service.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

/** Calls the provider's people at their support address. Undone with what it tells of. */
export async function billingParked(
  ctx: Ctx,
  parked: Omit<BillingParked, 'customer'> & { customer: CustomerId },
): Promise<void> {
  const { name: title, accent, supportEmail: to } = await auth.home(ctx)
  const mail = billingParkedMail({ locale: defaultLocale, brand: { title, accent }, ...parked })
  queue(ctx, { to, kind: 'billing_parked', customer: parked.customer }, mail)
}
