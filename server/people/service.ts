import * as audit from '#server/audit/service.ts'
import { notAllowed } from '#server/auth/errors.ts'
import { demand } from '#server/auth/rights.ts'
import * as users from '#server/auth/service.people.ts'
import * as auth from '#server/auth/service.ts'
import * as customers from '#server/customers/service.ts'
import { publish } from '#server/events/service.ts'
import type { CustomerId, Instant } from '#server/kernel/ids.ts'
import { paths } from '#server/kernel/routes.ts'
import * as mail from '#server/mail/service.ts'
import { moveRefused, personExists, personNotFound } from '#server/people/errors.ts'
import { userEnded, userInvited, userRoleSet } from '#server/people/events.ts'
import {
  type Invite,
  invitationDays,
  type Person,
  type PersonRef,
  type SetRole,
  whyNot,
} from '#server/people/schema.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import type { Outside } from '#server/runtime/outside.ts'
import { type Edge, unitOfWork } from '#server/runtime/unit-of-work.ts'

/** A call that sends a mail with a link to us. */
type Call = Readonly<{ edge: Edge; outside: Pick<Outside, 'publicUrl'> }>

const dayMs = 86_400_000
const life = invitationDays * 24 * 60
const mine = (ctx: Ctx) => ctx.actor.customer as CustomerId

/** Who signs in for my company, and who did. */
export async function list(ctx: Ctx): Promise<Person[]> {
  demand(ctx.actor, 'people:read')
  const rows = await users.peopleOf(ctx, mine(ctx))
  return rows.map((row) => personOf(ctx, row))
}

function personOf(ctx: Ctx, row: users.PersonRow): Person {
  const until =
    row.invitedAt && !row.passwordChangedAt
      ? new Date(row.invitedAt.getTime() + invitationDays * dayMs)
      : undefined
  const isOpen = until !== undefined && until > ctx.wall
  return {
    user: row.user,
    name: row.name,
    email: row.email,
    role: row.role,
    state: row.status === 'disabled' ? 'ended' : !until ? 'active' : isOpen ? 'invited' : 'lapsed',
    self: row.user === ctx.actor.user,
    lastLoginAt: row.lastLoginAt?.toISOString() ?? null,
    validUntil: isOpen ? until.toISOString() : null,
  }
}

/**
 * Everybody, while nobody else changes anything about them; and I am still an administrator, for the
 * wait may have been for whoever took that from me.
 */
async function locked(ctx: Ctx): Promise<{ rows: users.PersonRow[]; all: Person[] }> {
  demand(ctx.actor, 'people:write')
  const rows = await users.lockPeople(ctx, mine(ctx))
  const all = rows.map((row) => personOf(ctx, row))
  const me = all.find((person) => person.self)
  if (me?.state !== 'active' || me.role !== 'administrator') throw notAllowed('people:write')
  return { rows, all }
}

/**
 * Asks somebody to join, by mail.
 *
 * @throws conflict `people.exists`
 */
export const invite = ({ edge, outside }: Call, asked: Invite): Promise<PersonRef> =>
  unitOfWork(edge, async (ctx) => {
    const { rows } = await locked(ctx)
    const email = asked.email.toLowerCase()
    const known = rows.find((row) => row.email?.toLowerCase() === email)
    if (known && known.status === 'active') throw personExists(asked.email)

    const { locale } = await auth.self(ctx)
    const customer = mine(ctx)
    const made = known
      ? { ...known, ...(await users.inviteUserAgain(ctx, { ...known, ...asked }, life)) }
      : await users.inviteUser(ctx, { ...asked, customer, locale: locale ?? 'en', life })

    await tellInvited(ctx, outside.publicUrl, { ...asked, ...made, locale })
    await publish(ctx, userInvited(customer, made.user, asked))
    await audit.done(ctx, {
      action: 'user.invite',
      entity: 'user',
      entityId: String(made.user),
      after: { name: asked.name, email: asked.email, role: asked.role },
    })
    return { user: made.user }
  })

/**
 * Another link for somebody who didn't come yet, or whose access had ended; the links before it open
 * nothing once a password is chosen.
 *
 * @throws not_found `people.not_found`, conflict `people.active`
 */
export const inviteAgain = ({ edge, outside }: Call, { user }: PersonRef): Promise<void> =>
  unitOfWork(edge, async (ctx) => {
    const { row } = await found(ctx, user, 'invite_again')
    const { door } = await users.inviteUserAgain(ctx, row, life)
    await tellInvited(ctx, outside.publicUrl, { ...row, email: row.email ?? '', door })
    await audit.done(ctx, {
      action: 'user.invite_again',
      entity: 'user',
      entityId: String(user),
      after: { name: row.name, role: row.role },
    })
  })

/** @throws not_found `people.not_found`, conflict `people.last_administrator`, `people.oneself`, `people.ended` */
export async function setRole(ctx: Ctx, { user, role }: SetRole): Promise<void> {
  const { row } = await found(ctx, user, 'set_role')
  if (row.role === role) return

  await users.setUserRole(ctx, user, role)

  await publish(ctx, userRoleSet(mine(ctx), user, { name: row.name, role }))
  await audit.done(ctx, {
    action: 'user.set_role',
    entity: 'user',
    entityId: String(user),
    before: { name: row.name, role: row.role },
    after: { name: row.name, role },
  })
}

/**
 * Ends somebody's access, and with it their sessions, at once.
 *
 * @throws not_found `people.not_found`, conflict `people.last_administrator`, `people.oneself`, `people.ended`
 */
export async function end(ctx: Ctx, { user }: PersonRef): Promise<void> {
  const { row } = await found(ctx, user, 'end')

  await users.endUser(ctx, user)

  await publish(ctx, userEnded(mine(ctx), user, row))
  await audit.done(ctx, {
    action: 'user.end',
    entity: 'user',
    entityId: String(user),
    before: { name: row.name, role: row.role },
  })
}

async function found(ctx: Ctx, user: number, move: Parameters<typeof whyNot>[0]) {
  const { rows, all } = await locked(ctx)
  const at = rows.findIndex((row) => row.user === user)
  const [row, person] = [rows[at], all[at]]
  if (!row || !person) throw personNotFound()

  const refusal = whyNot(move, person, all)
  if (refusal) throw moveRefused(refusal)
  return { row }
}

type Told = Readonly<{
  name: string
  email: string
  login: string
  locale: string | null
  door: string
}>

async function tellInvited(ctx: Ctx, publicUrl: string, told: Told): Promise<void> {
  const { name: title, accent } = await auth.home(ctx)
  const company = await customers.find(ctx, mine(ctx))
  await mail.invitation(ctx, told.email, mine(ctx), {
    locale: told.locale ?? company.locale,
    brand: { title, accent },
    name: told.name,
    by: ctx.actor.name,
    company: company.name,
    login: told.login,
    link: `${publicUrl}${paths.enter(told.door)}`,
    validUntil: new Date(ctx.wall.getTime() + invitationDays * dayMs) as Instant,
    timeZone: company.timeZone,
  })
}
