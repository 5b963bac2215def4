import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import * as approvals from '#server/accounts/service.approvals.ts'
import * as blocks from '#server/accounts/service.blocks.ts'
import * as sims from '#server/accounts/service.sims.ts'
import * as items from '#server/agreements/service.items.ts'
import * as passwords from '#server/auth/service.passwords.ts'
import * as auth from '#server/auth/service.ts'
import * as bulk from '#server/bulk/service.ts'
import { workDue } from '#server/bulk/service.work.ts'
import { civilDate } from '#server/kernel/civil.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import { money } from '#server/kernel/money.ts'
import { type Bill, type NoticeKind, noticeKinds } from '#server/mail/schema.ts'
import * as bills from '#server/mail/service.bills.ts'
import { zSetNotification } from '#server/people/schema.notifications.ts'
import * as notifications from '#server/people/service.notifications.ts'
import * as invitations from '#server/people/service.ts'
import { type Actor, system } from '#server/runtime/actor.ts'
import { productId } from '#server/testing/catalog.ts'
import { people, testDatabase } from '#server/testing/database.ts'

const it = testDatabase()
const outside = { publicUrl: 'https://portal.example' }

const set = (who: Actor, kind: NoticeKind, wanted: boolean) =>
  it.as(who, (ctx) => notifications.setNotification(ctx, { kind, wanted }))
const mails = async () =>
  (
    await it.sql<{ to: string; kind: string; text: string }>(
      'select to_address as to, kind, text from mails order by id',
    )
  ).map(({ to, kind, text }) => ({ to, kind, text }))

let extension = 300
/** Adam's extensions of an uploaded list. */
async function upload(): Promise<void> {
  const table = await bulk.read(Buffer.from(`Extension,Product\n${extension++},Cloud PBX\n`))
  const { id } = await it.as(people.adam, (ctx) => bulk.keep(ctx, { fileName: 'new.csv', table }))
  await it.as(people.adam, (ctx) => bulk.apply(ctx, { id, mode: 'all' }))
  await workDue(it.edge(system('bulk')))
}

const line = async () =>
  (await it.sql<{ id: number }>("select id from accounts where account_id = 'ph46170x4665'"))[0]!.id

async function blockAndUnblock(): Promise<void> {
  const asked = { customer: 46170, accounts: [await line()] }
  await it.as(people.admin, (ctx) =>
    blocks.blockFor(ctx, { ...asked, reason: 'Unpaid.', key: randomUUID() }),
  )
  await it.as(people.admin, (ctx) => blocks.unblockFor(ctx, { ...asked, key: randomUUID() }))
}

async function changeAgreement(quantity: number): Promise<void> {
  const product = await productId(it, 'IoT SIM')
  await it.as(people.admin, (ctx) => items.setItem(ctx, { customer: 46170, product, quantity }))
  await it.as(people.admin, (ctx) => items.removeItem(ctx, { customer: 46170, product }))
}

let card = 0
/** A card of Meter Networks that the provider decides on. */
async function decide(decision: 'activate' | 'reject'): Promise<void> {
  const product = await productId(it, 'IoT SIM')
  const { account } = await it.as(people.meter, (ctx) =>
    sims.addSim(ctx, {
      iccid: `890126000000000000${++card}`,
      imsi: `31015000000000${card}`,
      name: '',
      product,
      key: randomUUID(),
    }),
  )
  await it.as(people.admin, (ctx) =>
    decision === 'activate'
      ? approvals.activate(ctx, { accounts: [account] })
      : approvals.reject(ctx, { accounts: [account], reason: 'Not registered.' }),
  )
}

beforeEach(async () => {
  await it.sql('delete from mails')
  await it.sql("update users set mails_off = '{}'")
})

describe('what happens at a company its people are told by mail', () => {
  test('an upload that is done', async () => {
    await upload()
    const [mail] = await mails()
    expect(mail).toMatchObject({ to: 'demo-adam@example.com', kind: 'bulk_applied' })
    expect(mail!.text).toContain('File: new.csv\nExtensions added: 1')
    expect(mail!.text).toContain('You can switch off mails of this kind')
  })

  test('lines that the provider blocked, and unblocked', async () => {
    await blockAndUnblock()
    const [blocked, unblocked] = await mails()
    expect(blocked!.text).toContain('Panda Telecom has blocked lines of ABC Company.')
    expect(blocked!.text).toContain('Lines: ph46170x4665\nReason: Unpaid.')
    expect(unblocked!.text).toContain('has lifted a block')
  })

  test('what was approved, or rejected and why', async () => {
    await decide('activate')
    await decide('reject')
    const [yes, no] = await mails()
    expect(yes).toMatchObject({ to: 'demo-meter@example.com', kind: 'line_decided' })
    expect(no!.text).toContain('Lines: 8901260000000000002\nReason: Not registered.')
  })

  test('an agreement that changed, in the reader’s language', async () => {
    await it.sql("update users set locale = 'es' where login = 'demo-adam'")
    await changeAgreement(5)
    const [added, removed] = await mails()
    expect(added!.text).toContain('Producto: IoT SIM\nAntes: no incluido\nAhora: 5')
    expect(removed!.text).toContain('Antes: 5\nAhora: no incluido')
    await it.sql("update users set locale = null where login = 'demo-adam'")
  })

  test('what it did itself is no news, nor what is undone with its transaction', async () => {
    const accounts = [await line()]
    const asked = { accounts, reason: 'Holiday.', key: randomUUID() }
    await it.as(people.adam, (ctx) => blocks.block(ctx, asked))
    await it.as(people.adam, (ctx) => blocks.unblock(ctx, { accounts, key: randomUUID() }))
    const undone = it.as(people.admin, async (ctx) => {
      await items.setItem(ctx, {
        customer: 46170,
        product: await productId(it, 'IoT SIM'),
        quantity: 3,
      })
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    expect(await mails()).toEqual([])
  })
})

describe('a mail that is switched off', () => {
  const [amount, dueOn] = [money('54.05'), civilDate('2026-12-15')]
  const invoice = { number: 'INV-2026-000042', amount, currency: 'USD' }
  const card = { brand: 'visa', last4: '4242' }
  const abc = { customer: 46170 as CustomerId, name: 'ABC Company', email: null, locale: 'en' }
  const told = (bill: Bill) => it.as(system('billing'), (ctx) => bills.bill(ctx, abc, bill))
  const happenings = {
    bulk_applied: [people.adam, upload],
    line_decided: [people.meter, () => decide('activate')],
    line_blocked: [people.adam, blockAndUnblock],
    agreement_changed: [people.adam, () => changeAgreement(7)],
    invoice_issued: [
      people.adam,
      () => told({ kind: 'invoice_issued', ...invoice, dueOn, card: null }),
    ],
    invoice_paid: [
      people.adam,
      () => told({ kind: 'invoice_paid', ...invoice, paidOn: dueOn, card }),
    ],
    card_expiring: [
      people.adam,
      () => told({ kind: 'card_expiring', card, month: 11, year: 2026 }),
    ],
    balance_warning: [
      people.adam,
      () => told({ kind: 'balance_warning', amount, currency: 'USD', limit: money('500') }),
    ],
  } as const satisfies Record<NoticeKind, readonly [Actor, () => Promise<void>]>

  test.each(noticeKinds)('of the kind %s is not queued; switched on it is again', async (kind) => {
    const [who, happen] = happenings[kind]
    const theirs = async () => (await mails()).filter((mail) => mail.kind === kind).length
    await set(who, kind, false)
    await happen()
    expect(await theirs()).toBe(0)
    await set(who, kind, true)
    await happen()
    expect(await theirs()).toBeGreaterThan(0)
  })

  test('is one person’s: a colleague gets theirs; who hasn’t come yet or has gone gets none', async () => {
    const colleague = async (name: string, set = 'name = name') => {
      await it.sql(
        `insert into users (i_env, realm, login, name, email, password_hash, i_customer)
         values (1, 'customer', $1::text, $1::text, $1::text || '@abc.example', 'x', 46170)`,
        [name],
      )
      await it.sql(`update users set ${set} where login = $1`, [name])
    }
    await colleague('rita')
    await colleague('late', 'invited_at = now()')
    await colleague('gone', "status = 'disabled'")
    await set(people.adam, 'line_blocked', false)
    await blockAndUnblock()
    expect((await mails()).map(({ to }) => to)).toEqual(['rita@abc.example', 'rita@abc.example'])
  })

  test('is told of once, with what was off before', async () => {
    await set(people.adam, 'line_blocked', false)
    await set(people.adam, 'line_blocked', false)
    const [act, ...others] = await it.sql(
      `select before, after from audit_rows where action = 'user.set_mails' and i_user = 2
        and at = (select max(at) from audit_rows) order by id desc limit 1`,
    )
    expect(others).toEqual([])
    expect(act).toEqual({
      before: { name: 'Adam Abbott', mailsOff: [] },
      after: { name: 'Adam Abbott', mailsOff: ['line_blocked'] },
    })
    const seen = await it.as(people.adam, notifications.notifications)
    expect(seen.notices.filter(({ wanted }) => !wanted)).toEqual([
      { kind: 'line_blocked', wanted: false },
    ])
  })
})

test('mails about access come whatever is wished, and can’t be switched off', async () => {
  for (const kind of noticeKinds) await set(people.five, kind, false)
  for (const kind of ['password_changed', 'invitation']) {
    expect(zSetNotification.safeParse({ kind, wanted: false }).success).toBe(false)
    const forced = it.sql("update users set mails_off = array[$1] where login = 'demo-five'", [
      kind,
    ])
    await expect(forced).rejects.toMatchObject({ constraint: 'users_mails_off' })
  }

  const call = { edge: it.edge(people.five), outside }
  await invitations.invite(call, { name: 'N', email: 'n@five.example', role: 'billing' })
  const { env } = it.edge()
  const signedIn = { env, actor: people.five, mustChangePassword: false }
  await passwords.changePassword(
    { ...call, signedIn },
    { currentPassword: 'demo-five-2026', newPassword: 'another long password' },
  )
  expect((await mails()).map(({ kind }) => kind)).toEqual(['invitation', 'password_changed'])
  expect(await it.as(people.five, auth.self)).toMatchObject({ login: 'demo-five' })
})
