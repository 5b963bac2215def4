import { and, asc, eq, sql } from 'drizzle-orm'
import { type HotStatement, hot } from '#db/prepared.ts'
import { autoAttendants, huntGroupMembers, huntGroups } from '#db/schema/pbx.ts'
import { pbxLines } from '#db/schema/pbx-targets.ts'
import type { AccountId, CustomerId, HuntGroupId } from '#server/kernel/ids.ts'
import type { GroupMode, GroupRow } from '#server/pbx/schema.groups.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

type Own = { name: string; mode: GroupMode; ringSeconds: number }

const own = { name: huntGroups.name, mode: huntGroups.mode, ringSeconds: huntGroups.ringSeconds }

const mine = (ctx: Ctx, customer: CustomerId) =>
  and(eq(huntGroups.env, ctx.env), eq(huntGroups.customer, customer))

const one = (ctx: Ctx, group: HuntGroupId) =>
  and(eq(huntGroups.env, ctx.env), eq(huntGroups.id, group))

const membersOf = (ctx: Ctx, group: HuntGroupId) =>
  and(eq(huntGroupMembers.env, ctx.env), eq(huntGroupMembers.group, group))

export const insert = (ctx: Ctx, customer: CustomerId, groups: readonly Own[]) =>
  ctx.db
    .insert(huntGroups)
    .values(groups.map((group) => ({ ...group, env: ctx.env, customer })))
    .returning({ group: sql<HuntGroupId>`${huntGroups.id}`, ...own })

export const update = (ctx: Ctx, group: HuntGroupId, set: Own) =>
  ctx.db.update(huntGroups).set(set).where(one(ctx, group))

/** With its members. */
export const remove = (ctx: Ctx, group: HuntGroupId) =>
  ctx.db.delete(huntGroups).where(one(ctx, group))

export type LockedGroup = Own & Readonly<{ group: HuntGroupId; customer: CustomerId }>

const lockAll: HotStatement = {
  name: 'hunt_groups_lock',
  text: `
    select id as group, i_customer as customer, name, mode, ring_seconds as "ringSeconds"
      from hunt_groups where i_env = $1 and id = any($2::int[])
     order by id for update`,
}

/** Locks groups until commit, in one order; after the accounts that come into them or leave. */
export const lock = (ctx: Ctx, groups: readonly HuntGroupId[]) =>
  hot<LockedGroup>(ctx.db, lockAll, [ctx.env, groups])

/** Who of a group is there, and who would be again; in order. */
export const order = (ctx: Ctx, group: HuntGroupId) =>
  ctx.db
    .select({
      account: sql<AccountId>`${huntGroupMembers.account}`,
      live: huntGroupMembers.live,
    })
    .from(huntGroupMembers)
    .where(membersOf(ctx, group))
    .orderBy(asc(huntGroupMembers.position))

/** Writes a whole order: those who weren't in it come in. */
export const setOrder = (
  ctx: Ctx,
  { group, customer }: Pick<LockedGroup, 'group' | 'customer'>,
  accounts: readonly AccountId[],
) =>
  ctx.db.execute(sql`
    insert into ${huntGroupMembers} as m (i_env, i_hunt_group, i_account, i_customer, position)
    select ${ctx.env}, ${group}, o.account, ${customer}, o.n
      from unnest(${sql.param(accounts)}::int[]) with ordinality as o(account, n)
    on conflict (i_env, i_hunt_group, i_account) do update
      set position = excluded.position where m.position <> excluded.position`)

export const removeMembers = (ctx: Ctx, group: HuntGroupId, accounts: readonly AccountId[]) =>
  ctx.db
    .delete(huntGroupMembers)
    .where(
      and(
        membersOf(ctx, group),
        eq(huntGroupMembers.live, true),
        sql`${huntGroupMembers.account} = any(${sql.param(accounts)}::int[])`,
      ),
    )
    .returning({ account: sql<AccountId>`${huntGroupMembers.account}` })

const append: HotStatement = {
  name: 'hunt_groups_append',
  text: `
    with wanted as (
      select min(r.n) as n, r."group", r.account
        from jsonb_to_recordset($2::jsonb) as r(n int, "group" int, account int)
       where not exists (select 1 from hunt_group_members m where m.i_env = $1
                            and m.i_hunt_group = r."group" and m.i_account = r.account)
       group by r."group", r.account)
    insert into hunt_group_members (i_env, i_hunt_group, i_account, i_customer, position)
    select $1, g.id, w.account, g.i_customer,
           coalesce((select max(m.position) from hunt_group_members m
                      where m.i_env = $1 and m.i_hunt_group = g.id), 0)
             + row_number() over (partition by g.id order by w.n)
      from wanted w join hunt_groups g on g.i_env = $1 and g.id = w."group"
    returning i_hunt_group as "group", i_account as account`,
}

/** Puts accounts at the end of groups, whose rows are locked; those that are members stay as they are. */
export const appendMembers = (
  ctx: Ctx,
  rows: readonly { group: HuntGroupId; account: AccountId }[],
) =>
  hot<{ group: HuntGroupId; account: AccountId }>(ctx.db, append, [
    ctx.env,
    JSON.stringify(rows.map((row, n) => ({ ...row, n }))),
  ])

const byName: HotStatement = {
  name: 'hunt_groups_by_name',
  text: `
    select w.name as asked, g.id as group
      from unnest($3::text[]) as w(name)
      join hunt_groups g on g.i_env = $1 and g.i_customer = $2 and g.name = w.name::citext`,
}

export const byNames = (ctx: Ctx, customer: CustomerId, names: readonly string[]) =>
  hot<{ asked: string; group: HuntGroupId }>(ctx.db, byName, [ctx.env, customer, names])

const ringing = sql<number>`(
  select count(*)::int from ${huntGroupMembers} m
   where m.i_env = ${huntGroups.env} and m.i_hunt_group = ${huntGroups.id} and m.live)`

export const list = (ctx: Ctx, customer: CustomerId): Promise<GroupRow[]> =>
  ctx.db
    .select({ group: huntGroups.id, ...own, members: ringing })
    .from(huntGroups)
    .where(mine(ctx, customer))
    .orderBy(asc(huntGroups.name))

export const find = (ctx: Ctx, customer: CustomerId, group: HuntGroupId) =>
  ctx.db
    .select({ group: huntGroups.id, ...own })
    .from(huntGroups)
    .where(and(mine(ctx, customer), eq(huntGroups.id, group)))

/** Those who ring, in their order. */
export const members = (ctx: Ctx, group: HuntGroupId) =>
  ctx.db
    .select({
      account: pbxLines.account,
      accountId: pbxLines.accountId,
      extension: sql<string>`${pbxLines.extension}`,
      name: pbxLines.name,
      status: pbxLines.status,
      blockedBy: pbxLines.blockedBy,
    })
    .from(huntGroupMembers)
    .innerJoin(
      pbxLines,
      and(eq(pbxLines.env, huntGroupMembers.env), eq(pbxLines.account, huntGroupMembers.account)),
    )
    .where(and(membersOf(ctx, group), eq(huntGroupMembers.live, true)))
    .orderBy(asc(huntGroupMembers.position))

/** All groups of a customer, and whether an account is in each. */
export const memberships = (ctx: Ctx, customer: CustomerId, account: AccountId) =>
  ctx.db
    .select({
      group: huntGroups.id,
      ...own,
      members: ringing,
      member: sql<boolean>`exists (
        select 1 from ${huntGroupMembers} m
         where m.i_env = ${huntGroups.env} and m.i_hunt_group = ${huntGroups.id}
           and m.i_account = ${account})`,
    })
    .from(huntGroups)
    .where(mine(ctx, customer))
    .orderBy(asc(huntGroups.name))

/** Living auto attendants with a key, or an end, that leads to the group. */
export const menusTo = (ctx: Ctx, customer: CustomerId, group: HuntGroupId) =>
  ctx.db
    .select({ account: pbxLines.account, name: pbxLines.name })
    .from(autoAttendants)
    .innerJoin(
      pbxLines,
      and(eq(pbxLines.env, autoAttendants.env), eq(pbxLines.account, autoAttendants.account)),
    )
    .where(
      and(
        eq(autoAttendants.env, ctx.env),
        eq(autoAttendants.customer, customer),
        sql`jsonb_path_exists(${autoAttendants.menu}, '$.**.group ? (@ == $id)', jsonb_build_object('id', ${group}::int))`,
      ),
    )
    .orderBy(asc(autoAttendants.n))
