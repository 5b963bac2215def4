import * as agreements from '#server/agreements/service.ts'
import { demand } from '#server/auth/rights.ts'
import * as repo from '#server/bulk/repo.rows.ts'
import { type BatchRef, type Cells, rowsPerPage } from '#server/bulk/schema.ts'
import { sentencesIn } from '#server/bulk/sentences.ts'
import { findMine } from '#server/bulk/service.ts'
import { csvBegin, csvRow, csvTemplate } from '#server/bulk/write.ts'
import * as customers from '#server/customers/service.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import type { Locale } from '#server/kernel/locale.ts'
import type { WholeLine } from '#server/pbx/schema.ts'
import * as pbx from '#server/pbx/service.many.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { type Edge, unitOfWork } from '#server/runtime/unit-of-work.ts'

/** Lines of a piece of a file. */
const atOnce = 1_000

const me = (ctx: Ctx) => ctx.actor.customer as CustomerId

/** An empty list with one example, made of what this customer may put there. */
export async function template(ctx: Ctx): Promise<string> {
  demand(ctx.actor, 'bulk:read')
  const places = await agreements.placesOf(ctx, me(ctx))
  const fits = places.find(
    ({ role, accountKind }) => role === 'main' && accountKind === 'extension',
  )
  const { timeZone } = await customers.find(ctx, me(ctx))
  return csvTemplate({ product: fits?.name ?? '', timezone: timeZone })
}

const cellsOf = (line: WholeLine): Cells => ({
  extension: line.extension,
  name: line.name,
  numbers: line.numbers.join(', '),
  published: line.published ? 'Y' : 'N',
  email: line.email ?? '',
  timezone: line.timeZone,
  product: line.product,
  huntgroup: line.groups.join(', '),
})

/** All my extensions as a list that could be uploaded, piece by piece; a transaction each. */
export async function* exported(edge: Edge): AsyncGenerator<string> {
  demand(edge.actor, 'bulk:read')
  yield csvBegin()
  for (let last = ''; ; ) {
    const lines = await unitOfWork(edge, (ctx) => pbx.linesAfter(ctx, me(ctx), last, atOnce))
    if (lines.length > 0) yield lines.map((line) => csvRow(cellsOf(line))).join('')
    if (lines.length < atOnce) return
    last = lines.at(-1)!.extension
  }
}

/**
 * The rows of one of my uploads that need attention, with what to do about each beside them; mended
 * there it can be uploaded as it is.
 *
 * @throws not_found `bulk.not_found`
 */
export async function* faulty(
  edge: Edge,
  { id }: BatchRef,
  locale: Locale,
): AsyncGenerator<string> {
  demand(edge.actor, 'bulk:read')
  await unitOfWork(edge, (ctx) => findMine(ctx, id))
  const say = sentencesIn(locale)
  yield csvBegin(locale)
  for (let after = 0; ; ) {
    const query = { only: 'attention' as const, after, limit: rowsPerPage }
    const rows = await unitOfWork(edge, (ctx) => repo.page(ctx, id, query))
    if (rows.length > 0) {
      yield rows
        .map(({ cells, faults, state }) =>
          csvRow(cells, say(cells, state === 'over' ? [...faults, over] : faults)),
        )
        .join('')
    }
    if (rows.length < rowsPerPage) return
    after = rows.at(-1)!.n
  }
}

/** Beyond the agreement: no fault of the row, but said in its place. */
const over = { column: 'product', code: 'over' } as const
