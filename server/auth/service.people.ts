import { generatePassword } from '#server/auth/passwords.ts'
import * as repo from '#server/auth/repo.people.ts'
import type { Role } from '#server/auth/schema.people.ts'
import { makeDoor, makeUser } from '#server/auth/service.ts'
import type { CustomerId, UserId } from '#server/kernel/ids.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { randomPassword } from '#server/runtime/secrets.ts'

export type PersonRow = Awaited<ReturnType<typeof repo.list>>[number]

/** Who signs in for a customer, and who did. */
export const peopleOf = async (ctx: Ctx, customer: CustomerId): Promise<PersonRow[]> =>
  repo.list(ctx, customer)

/** The same, while nobody else changes who may sign in for this customer, or as what. */
export async function lockPeople(ctx: Ctx, customer: CustomerId): Promise<PersonRow[]> {
  await repo.lockAll(ctx, customer)
  return repo.list(ctx, customer)
}

type Invited = Readonly<{
  customer: CustomerId
  name: string
  email: string
  role: Role
  locale: string
  /** Minutes that the link opens for. */
  life: number
}>

/** Somebody new, who has no password until they come through the door. */
export async function inviteUser(
  ctx: Ctx,
  { customer, name, email, role, locale, life }: Invited,
): Promise<{ user: number; login: string; door: string }> {
  const { user, login } = await makeUser(ctx, {
    realm: 'customer',
    login: email,
    orLogin: `${email.split('@')[0]}-${customer}-${randomPassword(4)}`,
    name,
    email,
    customer,
    locale,
  })
  await repo.setInvited(ctx, user, { name, role })
  return { user, login, door: await makeDoor(ctx, user, life) }
}

/** Somebody whose link has lapsed, or whose access had ended; the old password is nobody's. */
export async function inviteUserAgain(
  ctx: Ctx,
  { user, name, role }: Readonly<{ user: number; name: string; role: Role }>,
  life: number,
): Promise<{ door: string }> {
  const { hash: passwordHash } = await generatePassword()
  await repo.setInvited(ctx, user, { name, role, passwordHash })
  return { door: await makeDoor(ctx, user as UserId, life) }
}

export async function setUserRole(ctx: Ctx, user: number, role: Role): Promise<void> {
  await repo.setRole(ctx, user, role)
}

/** From this moment on nothing opens: sessions and tokens of before stand no more, ever. */
export async function endUser(ctx: Ctx, user: number): Promise<void> {
  await repo.end(ctx, user)
}
