import { accountNotFound } from '#server/accounts/errors.ts'
import type { EndAccounts, EndedAccount, RestoreAccounts } from '#server/accounts/schema.ts'
import * as editing from '#server/accounts/service.edit.ts'
import * as ending from '#server/accounts/service.ends.ts'
import * as accounts from '#server/accounts/service.ts'
import * as audit from '#server/audit/service.ts'
import { demand } from '#server/auth/rights.ts'
import * as catalog from '#server/catalog/service.ts'
import { publish } from '#server/events/service.ts'
import type { AccountId, CustomerId, ProductId } from '#server/kernel/ids.ts'
import { leadsGone } from '#server/pbx/errors.ts'
import { menuChanged } from '#server/pbx/events.ts'
import * as repo from '#server/pbx/repo.menus.ts'
import {
  type AttendantRef,
  type AttendantRow,
  type AttendantView,
  type EditAttendant,
  leadsOf,
  lostLeads,
  type Menu,
  type Reached,
  type SetMenu,
  type Target,
  type TargetQuery,
  targetsShown,
} from '#server/pbx/schema.menus.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { once } from '#server/runtime/idempotency.ts'

const me = (ctx: Ctx) => ctx.actor.customer as CustomerId

/** My auto attendants, oldest first, and which of their keys lead nowhere. */
export async function attendants(ctx: Ctx): Promise<AttendantRow[]> {
  demand(ctx.actor, 'attendants:read')
  const views = await viewsOf(ctx, await repo.list(ctx, me(ctx)))
  return views.map(({ menu: _, reached: __, ...row }) => row)
}

/** One of my auto attendants, with its menu. @throws not_found `accounts.not_found` */
export async function attendant(ctx: Ctx, { account }: AttendantRef): Promise<AttendantView> {
  demand(ctx.actor, 'attendants:read')
  const [view] = await viewsOf(ctx, await repo.list(ctx, me(ctx), account as AccountId))
  if (!view) throw accountNotFound()
  return view
}

/** What friends know of the accounts, and whom the menus lead to; a query each, however many. */
async function viewsOf(
  ctx: Ctx,
  rows: readonly { account: AccountId; menu: Menu }[],
): Promise<AttendantView[]> {
  const ids = rows.map((row) => row.account)
  const found = new Map((await accounts.findMany(ctx, ids)).map((row) => [row.account, row]))
  const aliases = await accounts.aliasesOf(ctx, ids)
  const owned = new Set([...found.values()].map((row) => row.product as ProductId))
  const products = await catalog.products(ctx, [...owned])
  const names = new Map(products.map(({ product, name }) => [product as number, name]))
  const reached = await reachedBy(
    ctx,
    rows.map((row) => row.menu),
  )

  return rows.map(({ account, menu }) => {
    const row = found.get(account)!
    return {
      account,
      accountId: row.accountId,
      name: row.name,
      product: names.get(row.product) ?? '',
      status: row.status,
      blockedBy: row.blockedBy,
      numbers: aliases.get(account) ?? [],
      // Nobody saves a menu that says nothing.
      keys: menu.greeting === '' ? null : Object.keys(menu.keys).length,
      lost: lostLeads(menu, reached),
      menu,
      reached,
    }
  })
}

/** Whom menus lead to, as they are now: who has ended is not among them. */
async function reachedBy(ctx: Ctx, menus: readonly Menu[]): Promise<Reached> {
  const leads = menus.flatMap((menu) => leadsOf(menu).map(({ lead }) => lead))
  const lines = leads.flatMap((lead) => ('account' in lead ? lead.account : []))
  const groups = leads.flatMap((lead) => ('group' in lead ? lead.group : []))
  return {
    lines: lines.length > 0 ? await repo.linesReached(ctx, me(ctx), lines) : [],
    groups: groups.length > 0 ? await repo.groupsReached(ctx, me(ctx), groups) : [],
  }
}

/**
 * Gives one of my auto attendants another menu. Every key leads to somebody, and it ends somewhere
 * for who presses none.
 *
 * @throws conflict `pbx.leads_gone` where a target has ended, or is a group nobody is in; what
 *   `accounts.lockFor` refuses
 */
export async function setMenu(ctx: Ctx, { account, menu }: SetMenu): Promise<void> {
  demand(ctx.actor, 'attendants:write')
  const [row] = await ending.lockFor(ctx, 'edit', [account as AccountId], me(ctx))
  const [was] = await repo.list(ctx, me(ctx), account as AccountId)
  if (!row || !was) throw accountNotFound()

  const groups = leadsOf(menu).flatMap(({ lead }) => ('group' in lead ? lead.group : []))
  if (groups.length > 0) await repo.keepGroups(ctx, me(ctx), groups)
  const lost = lostLeads(menu, await reachedBy(ctx, [menu]))
  if (lost.length > 0) throw leadsGone(lost.map(({ key }) => key))

  const { accountId: id, name } = row
  await repo.setMenu(ctx, row.account, menu)
  await publish(ctx, menuChanged(row.customer, row.account, { id, name, menu }))
  await audit.done(ctx, {
    action: 'auto_attendant.set_menu',
    entity: 'account',
    entityId: String(account),
    customer: row.customer,
    before: { id, menu: was.menu },
    after: { id, menu },
  })
}

/** Changes name and numbers of one of my auto attendants. @throws what `accounts.edit` refuses */
export async function editAttendant(ctx: Ctx, input: EditAttendant): Promise<void> {
  demand(ctx.actor, 'attendants:write')
  await onlyAttendants(ctx, [input.account])
  await editing.edit(ctx, { ...input, of: me(ctx) })
}

/** Ends auto attendants with their accounts, all or none. @throws all that `accounts.endMany` refuses */
export async function removeAttendants(ctx: Ctx, input: EndAccounts): Promise<EndedAccount[]> {
  demand(ctx.actor, 'attendants:write')
  return once(ctx, input.key, input, async () => {
    const ids = await onlyAttendants(ctx, input.accounts)
    return ending.endMany(ctx, ids, { of: me(ctx) })
  })
}

/** Undoes `removeAttendants` for ten minutes; menus are as they were. @throws all that `accounts.restore` refuses */
export async function restoreAttendants(ctx: Ctx, input: RestoreAccounts): Promise<void> {
  demand(ctx.actor, 'attendants:write')
  await once(ctx, input.key, input, async () => {
    const ids = await onlyAttendants(ctx, input.accounts)
    await ending.restore(ctx, ids, { of: me(ctx) })
  })
}

async function onlyAttendants(ctx: Ctx, some: readonly number[]): Promise<AccountId[]> {
  const ids = [...new Set(some)] as AccountId[]
  if ((await repo.attendantsAmong(ctx, ids)).length < ids.length) throw accountNotFound()
  return ids
}

/** Whom of my PBX a group can ring, a key lead to, a number be put on: the first that match. */
export async function targets(ctx: Ctx, query: TargetQuery): Promise<Target[]> {
  demand(ctx.actor, 'extensions:read')
  return repo.targets(ctx, me(ctx), { ...query, limit: targetsShown })
}
