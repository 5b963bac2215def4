import { and, asc, eq, ilike, or, type SQL, sql } from 'drizzle-orm'
import { autoAttendants, huntGroupMembers, huntGroups } from '#db/schema/pbx.ts'
import { pbxLines } from '#db/schema/pbx-targets.ts'
import type { AccountId, CustomerId, HuntGroupId } from '#server/kernel/ids.ts'
import type { Menu, TargetKind } from '#server/pbx/schema.menus.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

/** Living auto attendants of a customer, oldest first. */
export const list = (ctx: Ctx, customer: CustomerId, only?: AccountId) =>
  ctx.db
    .select({ account: sql<AccountId>`${autoAttendants.account}`, menu: autoAttendants.menu })
    .from(autoAttendants)
    .innerJoin(
      pbxLines,
      and(eq(pbxLines.env, autoAttendants.env), eq(pbxLines.account, autoAttendants.account)),
    )
    .where(
      and(
        eq(autoAttendants.env, ctx.env),
        eq(autoAttendants.customer, customer),
        only === undefined ? undefined : eq(autoAttendants.account, only),
      ),
    )
    .orderBy(asc(autoAttendants.n))

export const setMenu = (ctx: Ctx, account: AccountId, menu: Menu) =>
  ctx.db
    .update(autoAttendants)
    .set({ menu })
    .where(and(eq(autoAttendants.env, ctx.env), eq(autoAttendants.account, account)))

/** Which of these accounts are auto attendants, living or not. */
export const attendantsAmong = (ctx: Ctx, accounts: readonly AccountId[]) =>
  ctx.db
    .select({ account: autoAttendants.account })
    .from(autoAttendants)
    .where(
      and(
        eq(autoAttendants.env, ctx.env),
        sql`${autoAttendants.account} = any(${sql.param(accounts)}::int[])`,
      ),
    )

const mine = (ctx: Ctx, customer: CustomerId) =>
  and(eq(pbxLines.env, ctx.env), eq(pbxLines.customer, customer))

/** Living extensions among these accounts. */
export const linesReached = (ctx: Ctx, customer: CustomerId, accounts: readonly number[]) =>
  ctx.db
    .select({
      account: pbxLines.account,
      extension: sql<string>`${pbxLines.extension}`,
      name: pbxLines.name,
      status: pbxLines.status,
    })
    .from(pbxLines)
    .where(
      and(
        mine(ctx, customer),
        eq(pbxLines.kind, 'extension'),
        sql`${pbxLines.account} = any(${sql.param(accounts)}::int[])`,
      ),
    )

const groupsAmong = (ctx: Ctx, customer: CustomerId, groups: readonly number[]) =>
  and(
    eq(huntGroups.env, ctx.env),
    eq(huntGroups.customer, customer),
    sql`${huntGroups.id} = any(${sql.param(groups)}::int[])`,
  )

export const groupsReached = (ctx: Ctx, customer: CustomerId, groups: readonly number[]) =>
  ctx.db
    .select({
      group: huntGroups.id,
      name: huntGroups.name,
      members: sql<number>`(
        select count(*)::int from ${huntGroupMembers} m
         where m.i_env = ${huntGroups.env} and m.i_hunt_group = ${huntGroups.id} and m.live)`,
    })
    .from(huntGroups)
    .where(groupsAmong(ctx, customer, groups))

/** Keeps groups from being removed until commit: a menu is about to lead to them. */
export const keepGroups = (ctx: Ctx, customer: CustomerId, groups: readonly number[]) =>
  ctx.db
    .select({ group: sql<HuntGroupId>`${huntGroups.id}` })
    .from(huntGroups)
    .where(groupsAmong(ctx, customer, groups))
    .orderBy(asc(huntGroups.id))
    .for('key share')

/** What can be connected to, by extension, name or account id; the extension that was typed first. */
export function targets(
  ctx: Ctx,
  customer: CustomerId,
  { search, kind, limit }: { search: string; kind: TargetKind; limit: number },
) {
  const text = `%${search.replace(/[\\%_]/g, '\\$&')}%`
  const order: SQL[] = [
    sql`${pbxLines.extension} = ${search} desc nulls last`,
    sql`${pbxLines.kind} desc`,
    sql`length(${pbxLines.extension})`,
    sql`${pbxLines.extension}`,
    sql`${pbxLines.account}`,
  ]
  return ctx.db
    .select({
      account: pbxLines.account,
      accountId: pbxLines.accountId,
      kind: pbxLines.kind,
      extension: pbxLines.extension,
      name: pbxLines.name,
      status: pbxLines.status,
      blockedBy: pbxLines.blockedBy,
    })
    .from(pbxLines)
    .where(
      and(
        mine(ctx, customer),
        kind === 'any' ? undefined : eq(pbxLines.kind, kind),
        search === ''
          ? undefined
          : or(
              sql`starts_with(${pbxLines.extension}, ${search})`,
              ilike(pbxLines.name, text),
              ilike(pbxLines.accountId, text),
            ),
      ),
    )
    .orderBy(...order)
    .limit(limit)
}
