import { beforeEach, describe, expect, test } from 'vitest'
import { runDue } from '#server/billing/service.run.ts'
import { testDatabase } from '#server/testing/database.ts'

const it = testDatabase()

const invoicesOf = (customer: number) =>
  it.sql(
    `select number, issued_on::text as on, state, net::text, tax::text, total::text
       from invoices where i_customer = $1 order by id`,
    [customer],
  )
const linesOf = (customer: number, on: string) =>
  it.sql<{ line: string }>(
    `select concat_ws(' ', l.kind, l.description, l.details->>'line', l.period_from, l.period_until, l.net) as line
       from invoice_lines l join invoices i on i.i_env = l.i_env and i.id = l.i_invoice
      where l.i_customer = $1 and i.issued_on = $2 order by l.line`,
    [customer, on],
  ).then((rows) => rows.map(({ line }) => line))

describe('the first of December', () => {
  beforeEach(() => it.clock.set('2026-12-01T09:00:00Z'))

  test('ABC, who pays by the line', async () => {
    console.log(await runDue(it.edge()))
    console.log(await linesOf(46170, '2026-12-01'), await invoicesOf(46170))
    console.log(await linesOf(46171, '2026-12-01'), await invoicesOf(46171))
    console.log(await linesOf(46174, '2026-12-01'), await invoicesOf(46174))
    console.log(await runDue(it.edge()))
    expect(1).toBe(1)
  })
})
