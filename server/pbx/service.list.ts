import { accountNotFound } from '#server/accounts/errors.ts'
import { whyNot } from '#server/accounts/schema.moves.ts'
import { demand } from '#server/auth/rights.ts'
import { toCsv } from '#server/kernel/csv.ts'
import type { AccountId, CustomerId } from '#server/kernel/ids.ts'
import * as repo from '#server/pbx/repo.lines.ts'
import type {
  ExportExtensions,
  ExtensionList,
  ExtensionQuery,
  ExtensionRow,
  SelectExtensions,
  SelectedExtensions,
} from '#server/pbx/schema.ts'
import { linesAmong } from '#server/pbx/service.many.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

/** Of one selection: more than anybody has lines. */
const mostSelected = 10_000

type Found = Omit<ExtensionRow, 'added'> & { createdAt: Date }

const shown = ({ createdAt, ...row }: Found): ExtensionRow => ({
  ...row,
  added: createdAt.toISOString(),
})

const isFiltered = ({ search, status, product, addon, number, published }: ExtensionQuery) =>
  search !== '' || [status, product, addon, number, published].some((one) => one !== undefined)

/** My extensions, a page of them: found, filtered, sorted and counted where they are kept. */
export async function extensions(ctx: Ctx, query: ExtensionQuery): Promise<ExtensionList> {
  demand(ctx.actor, 'extensions:read')
  const customer = ctx.actor.customer as CustomerId
  const [rows, [all], [found]] = await Promise.all([
    repo.page(ctx, customer, query),
    repo.countAll(ctx, customer),
    isFiltered(query) ? repo.countFound(ctx, customer, query) : [],
  ])
  return { rows: rows.map(shown), total: (found ?? all)!.n, all: all!.n }
}

/** One of my extensions by its number. @throws not_found `accounts.not_found` */
export async function extension(
  ctx: Ctx,
  { extension: number }: { extension: string },
): Promise<ExtensionRow> {
  demand(ctx.actor, 'extensions:read')
  const [row] = await repo.findOne(ctx, ctx.actor.customer as CustomerId, number)
  if (!row) throw accountNotFound()
  return shown(row)
}

/** All that match, as they are now: who acts on them names them, so what was seen is what changes. */
export async function select(
  ctx: Ctx,
  { move, ...filter }: SelectExtensions,
): Promise<SelectedExtensions> {
  demand(ctx.actor, 'extensions:read')
  const found = await repo.states(ctx, ctx.actor.customer as CustomerId, filter, mostSelected)
  const may = found.filter((row) => !move || !whyNot(move, row, ctx.actor.realm))
  return { accounts: may.map((row) => row.account), left: found.length - may.length }
}

/**
 * Extensions as a file for a spreadsheet: first what a list of extensions has, so that uploaded again it
 * changes nothing, then what only is to be looked at.
 */
export async function exported(ctx: Ctx, { accounts }: ExportExtensions): Promise<string> {
  demand(ctx.actor, 'extensions:read')
  const customer = ctx.actor.customer as CustomerId
  const rows = await repo.findMany(ctx, customer, accounts as AccountId[])
  const whole = await linesAmong(
    ctx,
    customer,
    rows.map((row) => row.extension),
  )
  const groups = new Map(whole.map((line) => [line.extension, line.groups]))
  return toCsv([
    [
      'Extension number',
      'Name',
      'DID numbers',
      'Published',
      'Email for notifications',
      'Timezone',
      'Product',
      'Huntgroup',
      'Add-ons',
      'Account ID',
      'Status',
    ],
    ...rows.map((row) => [
      row.extension,
      row.name,
      row.numbers.join(','),
      row.published ? 'Y' : 'N',
      row.email ?? '',
      row.timeZone,
      row.product,
      (groups.get(row.extension) ?? []).join(', '),
      row.addons.map(({ name }) => name).join(','),
      row.accountId,
      row.status,
    ]),
  ])
}
