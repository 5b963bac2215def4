import { brokenConstraint } from '#db/client.ts'
import { accountNotFound } from '#server/accounts/errors.ts'
import { type LockedAccount, lockFor } from '#server/accounts/service.ends.ts'
import { findMine } from '#server/accounts/service.ts'
import * as audit from '#server/audit/service.ts'
import { demand } from '#server/auth/rights.ts'
import { publish } from '#server/events/service.ts'
import type { AccountId, CustomerId, HuntGroupId } from '#server/kernel/ids.ts'
import { placed } from '#server/kernel/order.ts'
import { groupInUse, groupNameTaken, groupNotFound } from '#server/pbx/errors.ts'
import {
  groupAdded,
  groupChanged,
  groupRemoved,
  membersChanged,
} from '#server/pbx/events.groups.ts'
import * as repo from '#server/pbx/repo.groups.ts'
import {
  type AddGroup,
  type EditGroup,
  type GroupRef,
  type GroupRow,
  type GroupView,
  type Membership,
  type MembershipsOf,
  type PlaceMembers,
  type RemoveMembers,
  ringSeconds,
} from '#server/pbx/schema.groups.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { once } from '#server/runtime/idempotency.ts'

const me = (ctx: Ctx) => ctx.actor.customer as CustomerId

/** My hunt groups, by name. */
export async function groups(ctx: Ctx): Promise<GroupRow[]> {
  demand(ctx.actor, 'groups:read')
  return repo.list(ctx, me(ctx))
}

/** One of my hunt groups, with whom it rings. @throws not_found `pbx.group_not_found` */
export async function group(ctx: Ctx, { group: id }: GroupRef): Promise<GroupView> {
  demand(ctx.actor, 'groups:read')
  const [found] = await repo.find(ctx, me(ctx), id as HuntGroupId)
  if (!found) throw groupNotFound()
  return {
    ...found,
    members: await repo.members(ctx, id as HuntGroupId),
    menus: await repo.menusTo(ctx, me(ctx), id as HuntGroupId),
  }
}

/** All my hunt groups, and whether one of my accounts is in each. */
export async function membershipsOf(ctx: Ctx, { account }: MembershipsOf): Promise<Membership[]> {
  demand(ctx.actor, 'groups:read')
  await findMine(ctx, account as AccountId)
  return repo.memberships(ctx, me(ctx), account as AccountId)
}

/** Adds a hunt group nobody is in yet; the same key twice adds one. @throws conflict `pbx.group_name_taken` */
export async function addGroup(ctx: Ctx, input: AddGroup): Promise<{ group: number }> {
  demand(ctx.actor, 'groups:write')
  const { key, ...made } = input
  return once(ctx, key, input, async () => {
    const [added] = await open(ctx, me(ctx), [made])
    return { group: added! }
  })
}

/** Hunt groups a PBX starts with. */
export const openGroups = (ctx: Ctx, customer: CustomerId, names: readonly string[]) =>
  open(
    ctx,
    customer,
    names.map((name) => ({ name, mode: 'simultaneous', ringSeconds: ringSeconds.usual })),
  )

async function open(
  ctx: Ctx,
  customer: CustomerId,
  made: readonly Omit<AddGroup, 'key'>[],
): Promise<HuntGroupId[]> {
  const rows = await unlessTaken(made[0]!.name, () => repo.insert(ctx, customer, made))
  await publish(ctx, ...rows.map((row) => groupAdded({ ...row, customer })))
  for (const { group: id, ...own } of rows) {
    await audit.done(ctx, {
      action: 'hunt_group.add',
      entity: 'hunt_group',
      entityId: String(id),
      customer,
      after: own,
    })
  }
  return rows.map((row) => row.group)
}

async function unlessTaken<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (brokenConstraint(error) === 'hunt_groups_name') throw groupNameTaken(name)
    throw error
  }
}

/**
 * Changes name, mode and ring time of one of my hunt groups; what isn't said stays.
 *
 * @throws not_found `pbx.group_not_found`, conflict `pbx.group_name_taken`
 */
export async function editGroup(ctx: Ctx, { group: id, ...patch }: EditGroup): Promise<void> {
  demand(ctx.actor, 'groups:write')
  const was = await lockMine(ctx, id)
  const now = { ...was, ...patch }
  const changed = (['name', 'mode', 'ringSeconds'] as const).filter((key) => now[key] !== was[key])
  if (changed.length === 0) return

  const { name, mode, ringSeconds: seconds } = now
  await unlessTaken(name, () => repo.update(ctx, was.group, { name, mode, ringSeconds: seconds }))
  await publish(ctx, groupChanged(now))
  const pick = (from: typeof now) => Object.fromEntries(changed.map((key) => [key, from[key]]))
  await audit.done(ctx, {
    action: 'hunt_group.edit',
    entity: 'hunt_group',
    entityId: String(id),
    customer: was.customer,
    before: { ...pick(was), name: was.name },
    after: { ...pick(now), name },
  })
}

/**
 * Removes one of my hunt groups, its members stay what they are.
 *
 * @throws not_found `pbx.group_not_found`, conflict `pbx.group_in_use` while a menu leads to it
 */
export async function removeGroup(ctx: Ctx, { group: id }: GroupRef): Promise<void> {
  demand(ctx.actor, 'groups:write')
  const found = await lockMine(ctx, id)
  const menus = await repo.menusTo(ctx, found.customer, found.group)
  if (menus.length > 0) {
    throw groupInUse(
      found.name,
      menus.map((menu) => menu.name),
    )
  }

  const members = await repo.members(ctx, found.group)
  await repo.remove(ctx, found.group)
  await publish(ctx, groupRemoved(found))
  await audit.done(ctx, {
    action: 'hunt_group.remove',
    entity: 'hunt_group',
    entityId: String(id),
    customer: found.customer,
    before: { name: found.name, members: members.map((member) => member.accountId) },
  })
}

/**
 * Puts extensions of mine into a hunt group, or elsewhere in its order; all of them or none.
 *
 * @throws not_found `pbx.group_not_found`; what `accounts.lockFor` refuses
 */
export async function placeMembers(ctx: Ctx, input: PlaceMembers): Promise<void> {
  demand(ctx.actor, 'groups:write')
  const wanted = [...new Set(input.accounts)] as AccountId[]
  const accounts = await lockExtensions(ctx, wanted, me(ctx))
  const into = await lockMine(ctx, input.group)
  const was = (await repo.order(ctx, into.group)).map((row) => row.account)

  const now = placed(was, wanted, (input.before ?? null) as AccountId | null)
  if (now.length === was.length && now.every((one, i) => one === was[i])) return
  const before = (await repo.members(ctx, into.group)).map((member) => member.accountId)
  await repo.setOrder(ctx, into, now)

  const order = (await repo.members(ctx, into.group)).map((member) => member.accountId)
  const came = accounts.filter((row) => !was.includes(row.account)).map((row) => row.accountId)
  await publish(ctx, membersChanged(into, { ...(came.length > 0 && { added: came }), order }))
  await auditMembers(ctx, into, { before, after: order })
}

/**
 * Takes accounts out of one of my hunt groups; those that aren't in it stay out.
 *
 * @throws not_found `pbx.group_not_found`; what `accounts.lockFor` refuses
 */
export async function removeMembers(ctx: Ctx, input: RemoveMembers): Promise<void> {
  demand(ctx.actor, 'groups:write')
  const accounts = await lockExtensions(ctx, input.accounts as AccountId[], me(ctx))
  const from = await lockMine(ctx, input.group)
  const before = (await repo.members(ctx, from.group)).map((member) => member.accountId)
  const gone = await repo.removeMembers(
    ctx,
    from.group,
    accounts.map((row) => row.account),
  )
  if (gone.length === 0) return

  const left = new Set(gone.map((row) => row.account))
  const removed = accounts.filter((row) => left.has(row.account)).map((row) => row.accountId)
  await publish(ctx, membersChanged(from, { removed }))
  await auditMembers(ctx, from, {
    before,
    after: before.filter((accountId) => !removed.includes(accountId)),
  })
}

/** A customer's hunt groups by name, whatever its case; a name that none has is not in the answer. */
export async function groupsByName(
  ctx: Ctx,
  customer: CustomerId,
  names: readonly string[],
): Promise<ReadonlyMap<string, HuntGroupId>> {
  const asked = [...new Set(names)]
  if (asked.length === 0) return new Map()
  const found = await repo.byNames(ctx, customer, asked)
  return new Map(found.map((row) => [row.asked, row.group]))
}

/**
 * Puts many accounts at the end of hunt groups of their customers, a statement for all of them; who
 * is a member already keeps its place. One event and one audit row a group.
 *
 * @throws not_found `pbx.group_not_found`; what `accounts.lockFor` refuses
 */
export async function addToGroups(
  ctx: Ctx,
  rows: readonly { group: HuntGroupId; account: AccountId }[],
): Promise<void> {
  if (rows.length === 0) return
  const accounts = new Map(
    (
      await lockExtensions(
        ctx,
        rows.map((row) => row.account),
      )
    ).map((row) => [row.account, row]),
  )
  const wanted = [...new Set(rows.map((row) => row.group))]
  const locked = new Map((await repo.lock(ctx, wanted)).map((row) => [row.group, row]))
  const apart = ({ group: id, account }: (typeof rows)[number]) =>
    locked.get(id)?.customer !== accounts.get(account)?.customer
  if (rows.some(apart)) throw groupNotFound()

  const added = await repo.appendMembers(ctx, rows)
  for (const [id, came] of Map.groupBy(added, (row) => row.group)) {
    const into = locked.get(id)!
    const ids = came.map(({ account }) => accounts.get(account)!.accountId)
    await publish(ctx, membersChanged(into, { added: ids }))
    await auditMembers(ctx, into, { after: ids })
  }
}

const auditMembers = (
  ctx: Ctx,
  { group: id, name, customer }: repo.LockedGroup,
  { before, after }: { before?: string[]; after: string[] },
) =>
  audit.done(ctx, {
    action: 'hunt_group.members',
    entity: 'hunt_group',
    entityId: String(id),
    customer,
    ...(before && { before: { name, members: before } }),
    after: { name, ...(before ? { members: after } : { added: after }) },
  })

/** Accounts first, groups after them: who ends an account holds it and asks for no group. */
async function lockExtensions(
  ctx: Ctx,
  accounts: readonly AccountId[],
  of?: CustomerId,
): Promise<LockedAccount[]> {
  const rows = await lockFor(ctx, 'edit', accounts, of)
  if (rows.some((row) => row.kind !== 'extension')) throw accountNotFound()
  return rows
}

async function lockMine(ctx: Ctx, id: number): Promise<repo.LockedGroup> {
  const [row] = await repo.lock(ctx, [id as HuntGroupId])
  if (!row || row.customer !== me(ctx)) throw groupNotFound()
  return row
}
