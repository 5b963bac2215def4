import * as repo from '#server/auth/repo.people.ts'
import { demand } from '#server/auth/rights.ts'
import { invitationDays, type Person } from '#server/auth/schema.people.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

const dayMs = 86_400_000

type Row = Awaited<ReturnType<typeof repo.list>>[number]

/** Who signs in for my company, and who did. */
export async function people(ctx: Ctx): Promise<Person[]> {
  demand(ctx.actor, 'people:read')
  const rows = await repo.list(ctx, ctx.actor.customer as CustomerId)
  return rows.map((row) => personOf(ctx, row))
}

function personOf(ctx: Ctx, row: Row): Person {
  const invited = row.invitedAt && !row.passwordChangedAt
  const until = row.invitedAt && new Date(row.invitedAt.getTime() + invitationDays * dayMs)
  const isOpen = Boolean(invited && until && until > ctx.now)
  return {
    user: row.user,
    name: row.name,
    email: row.email,
    role: row.role,
    state:
      row.status === 'disabled' ? 'ended' : !invited ? 'active' : isOpen ? 'invited' : 'lapsed',
    self: row.user === ctx.actor.user,
    lastLoginAt: row.lastLoginAt?.toISOString() ?? null,
    validUntil: isOpen && until ? until.toISOString() : null,
  }
}
