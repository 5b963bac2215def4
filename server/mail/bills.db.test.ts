import { beforeEach, describe, expect, test } from 'vitest'
import { civilDate } from '#server/kernel/civil.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import { money } from '#server/kernel/money.ts'
import type { Bill } from '#server/mail/schema.ts'
import * as bills from '#server/mail/service.bills.ts'
import * as mail from '#server/mail/service.ts'
import { system } from '#server/runtime/actor.ts'
import { testDatabase } from '#server/testing/database.ts'

const it = testDatabase()
const abc = {
  customer: 46170 as CustomerId,
  name: 'ABC Company',
  email: 'office@abc.example',
  locale: 'es',
}

const issued: Bill = {
  kind: 'invoice_issued',
  number: 'INV-2026-000042',
  amount: money('54.05'),
  currency: 'USD',
  dueOn: civilDate('2026-12-15'),
  card: null,
}
const overdue: Bill = { ...issued, kind: 'invoice_overdue', suspendsOn: null }
const told = (what: Bill, invoice?: number, billed: bills.Billed = abc) =>
  it.as(system('billing'), (ctx) => bills.bill(ctx, billed, what, { invoice }))
const queued = () =>
  it.sql<{ to: string; kind: string; attachments: string[]; subject: string }>(
    'select to_address as to, kind, attachments, subject from mails order by id',
  )

beforeEach(async () => {
  await it.sql('delete from mails')
  await it.sql("delete from users where login like 'test-%'")
  await it.sql(
    "update users set mails_off = '{}', locale = case login when 'demo-adam' then 'en' end",
  )
})

const colleague = (role: string, name = role) =>
  it.sql(
    `insert into users (i_env, realm, login, name, email, password_hash, i_customer, role, locale)
     values (1, 'customer', 'test-' || $1::text, $1::text, $1::text || '@abc.example', 'x', 46170, $2, 'es')`,
    [name, role],
  )

describe('a mail about money', () => {
  test('goes to who administers and who pays, in their language, not to who only looks', async () => {
    await colleague('billing')
    await colleague('read_only')
    await told(issued, 7)
    expect(await queued()).toEqual([
      {
        to: 'demo-adam@example.com',
        kind: 'invoice_issued',
        attachments: ['invoice:7'],
        subject: 'Your invoice INV-2026-000042: $54.05 · Panda Telecom',
      },
      expect.objectContaining({
        to: 'billing@abc.example',
        subject: expect.stringContaining('Su factura INV-2026-000042'),
      }),
    ])
  })

  test('that was switched off is not sent; one that service depends on is', async () => {
    await it.sql(`update users set mails_off = '{invoice_issued}' where login = 'demo-adam'`)
    await told(issued)
    expect(await queued()).toEqual([])
    await expect(
      it.sql(`update users set mails_off = '{invoice_overdue}' where login = 'demo-adam'`),
    ).rejects.toMatchObject({ constraint: 'users_mails_off' })
    await told(overdue)
    expect(await queued()).toMatchObject([{ to: 'demo-adam@example.com', kind: 'invoice_overdue' }])
  })

  test('reaches a customer of whom nobody can sign in at its own address, if it has one', async () => {
    const [retail] = await it.sql<{ id: number }>(
      'select id from customers c where not exists (select 1 from users u where u.i_customer = c.id) limit 1',
    )
    const nobody = { ...abc, customer: retail!.id as CustomerId }
    await told(issued, undefined, nobody)
    expect(await queued()).toMatchObject([{ to: 'office@abc.example', attachments: [] }])
    await told(issued, undefined, { ...nobody, email: null })
    expect(await queued()).toHaveLength(1)
  })

  test('is undone with what it tells of', async () => {
    await expect(
      it.as(system('billing'), async (ctx) => {
        await bills.bill(ctx, abc, issued)
        throw new Error('undone')
      }),
    ).rejects.toThrow('undone')
    expect(await queued()).toEqual([])
  })
})

describe('what goes with a mail', () => {
  const sent: Parameters<mail.Transport>[0][] = []
  const transport: mail.Transport = async (one) => void sent.push(one)
  const states = () => it.sql('select state, tries from mails order by id')
  beforeEach(() => void sent.splice(0))

  test('is made when it goes out, and handed over with it', async () => {
    await told(issued, 7)
    const asked: string[] = []
    const attach: mail.Attach = {
      invoice: async (_, id) => {
        asked.push(id)
        return {
          filename: 'INV-2026-000042.pdf',
          contentType: 'application/pdf',
          content: Buffer.from(`invoice ${id}`),
        }
      },
    }
    expect(asked).toEqual([])
    await mail.deliverDue(it.edge(), transport, attach)
    expect(asked).toEqual(['7'])
    expect(sent.map(({ to, attachments }) => [to, attachments])).toEqual([
      [
        'demo-adam@example.com',
        [
          {
            filename: 'INV-2026-000042.pdf',
            contentType: 'application/pdf',
            content: Buffer.from('invoice 7'),
          },
        ],
      ],
    ])
    expect(await states()).toEqual([{ state: 'sent', tries: 1 }])
  })

  test('and can’t be made keeps the mail back until it can: it never goes without', async () => {
    await told(issued, 7)
    await mail.deliverDue(it.edge(), transport)
    expect(await states()).toEqual([{ state: 'queued', tries: 1 }])
    it.clock.advance(60_000)
    const broken: mail.Attach = {
      invoice: async () => {
        throw new Error('no such invoice')
      },
    }
    await mail.deliverDue(it.edge(), transport, broken)
    expect(sent).toEqual([])
    expect(await states()).toEqual([{ state: 'queued', tries: 2 }])
  })
})
