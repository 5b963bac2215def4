import { describe, expect, test } from 'vitest'
import { type EditCompany, zEditCompany } from '#server/customers/schema.contact.ts'
import * as profile from '#server/customers/service.profile.ts'
import type { Actor } from '#server/runtime/actor.ts'
import { people, testDatabase } from '#server/testing/database.ts'
import { refused } from '#server/testing/refused.ts'

const it = testDatabase()

const abc: EditCompany = {
  firstName: 'Adam',
  lastName: 'Abbott',
  email: 'office@abc.example',
  phone: '+1 209 455 5948',
  country: 'US',
  line1: '1 Main Street',
  city: 'Stockton',
  state: 'CA',
  postalCode: '95202',
}
const edit = (changes: Partial<EditCompany> = {}, who: Actor = people.adam) =>
  it.as(who, (ctx) => profile.editCompany(ctx, zEditCompany.parse({ ...abc, ...changes })))
const seen = (who: Actor = people.adam) => it.as(who, profile.company)
const told = () =>
  it.sql(
    `select payload from events where type = 'customer.changed' and i_customer = 46170 order by id desc`,
  )
const noted = () =>
  it.sql(
    `select actor, before, after from audit_rows
      where action = 'customer.edit' and i_customer = 46170 order by id desc`,
  )

describe('a company', () => {
  test('says whom to call and where it is; what changed is told, once', async () => {
    await edit()
    await edit({ city: 'Sacramento', postalCode: ' 95814 ', vatId: '12-3456789' })
    expect(await seen()).toMatchObject({
      customer: 46170,
      name: 'ABC Company',
      currency: 'USD',
      timeZone: 'America/Los_Angeles',
      contact: { phone: '12094555948', city: 'Sacramento', state: 'CA', postalCode: '95814' },
    })
    const changed = { city: 'Sacramento', postalCode: '95814', vatId: '123456789' }
    expect((await told())[0]).toEqual({ payload: changed })
    expect((await noted())[0]).toEqual({
      actor: 'Adam Abbott',
      before: { city: 'Stockton', postalCode: '95202', vatId: null },
      after: changed,
    })

    const before = [(await told()).length, (await noted()).length]
    await edit({ city: 'Sacramento', postalCode: '95814', vatId: '123456789' })
    expect([(await told()).length, (await noted()).length]).toEqual(before)
  })

  test('keeps the name it has with its provider; a person is called as they say', async () => {
    await edit({ firstName: 'Ada' })
    expect((await seen()).name).toBe('ABC Company')
    const ava: Actor = { ...people.adam, customer: (await retail()) as Actor['customer'] }
    await edit({ firstName: 'Eve', lastName: 'Newname' }, ava)
    expect((await seen(ava)).name).toBe('Eve Newname')
  })

  test('is seen by all of its people and changed by its administrators', async () => {
    for (const role of ['billing', 'read_only'] as const) {
      const who = { ...people.ten, role }
      expect((await seen(who)).name).toBe('Ten Lines Ltd')
      expect((await refused(edit({}, who))).code).toBe('auth.not_allowed')
    }
  })
})

const retail = async () =>
  (await it.sql<{ id: number }>('select id from customers where company_name is null limit 1'))[0]!
    .id

test.each([
  ['postalCode', { country: 'CA', state: 'BC' }, 'address.postal_code_malformed'],
  ['state', { state: undefined }, 'address.required'],
  ['state', { state: 'XX' }, 'address.state_unknown'],
  [
    'vatId',
    { country: 'DE', state: undefined, postalCode: '10115', vatId: 'DE1' },
    'address.vat_malformed',
  ],
  ['phone', { phone: '911' }, 'phone_malformed'],
  ['email', { email: 'a@b' }, 'email_malformed'],
])('%s is told at its field by the country’s rules', (field, changes, code) => {
  const { error } = zEditCompany.safeParse({ ...abc, ...changes })
  expect(error?.issues).toMatchObject([{ path: [field], params: { code } }])
})
