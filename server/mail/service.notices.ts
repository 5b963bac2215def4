import { whoWants } from '#server/auth/service.mails.ts'
import * as auth from '#server/auth/service.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import { defaultLocale } from '#server/kernel/locale.ts'
import { noticeMail } from '#server/mail/notices.ts'
import type { Notice } from '#server/mail/schema.ts'
import { queue } from '#server/mail/service.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

/**
 * Tells a company's people of what happened to it, each in their language; those who switched such
 * mails off get none. Undone with what it tells of.
 */
export async function notify(
  ctx: Ctx,
  company: Readonly<{ customer: CustomerId; name: string }>,
  notice: Notice,
): Promise<void> {
  const { customer, name } = company
  const people = await whoWants(ctx, customer, notice.kind)
  if (people.length === 0) return

  const { name: title, accent } = await auth.home(ctx)
  for (const { email, locale } of people) {
    const mail = noticeMail({
      locale: locale ?? defaultLocale,
      brand: { title, accent },
      company: name,
      notice,
    })
    queue(ctx, { to: email, kind: notice.kind, customer }, mail)
  }
}
