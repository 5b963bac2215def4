import { DrizzleQueryError } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { openLog } from '#server/runtime/log.ts'

function logged(write: (log: ReturnType<typeof openLog>) => void): string {
  let text = ''
  write(openLog('debug', { write: (line) => (text += line) }))
  return text
}

test.each([
  { password: 'hunter2' },
  { user: { password: 'hunter2' } },
  { input: { user: { newPassword: 'hunter2' } } },
  { input: [{ user: { currentPassword: 'hunter2' } }] },
  { request: { headers: { cookie: 'hunter2', authorization: 'hunter2' } } },
  { req: { headers: { 'x-anything': 'hunter2' } } },
  { token: 'hunter2', link: { door: 'hunter2' } },
])('what could be secret is cut out of %j', (fields) => {
  const text = logged((log) => log.info(fields, 'said'))
  expect(text).toContain('[cut]')
  expect(text).not.toContain('hunter2')
})

test('a failed query is logged without what it was given', () => {
  const cause = Object.assign(new Error('duplicate key value violates unique constraint'), {
    code: '23505',
    constraint: 'users_login',
    detail: 'Key (login)=(hunter2) already exists.',
  })
  const error = new DrizzleQueryError('insert into users values ($1)', ['hunter2'], cause)
  const text = logged((log) => log.error({ err: new Error('outer', { cause: error }) }, 'failed'))
  expect(text).not.toContain('hunter2')
  expect(text).toContain('insert into users values ($1)')
  expect(text).toContain('users_login')
})

test('a value that did not fit is not repeated', () => {
  const error = Object.assign(new Error('invalid input syntax for type integer: "hunter2"'), {
    code: '22P02',
  })
  const ways = [
    logged((log) => log.error(error)),
    logged((log) => log.error({ err: error })),
    logged((log) => log.error({ err: error }, error.message)),
    logged((log) => log.error({ err: error }, 'failed')),
  ]
  for (const text of ways) {
    expect(text).not.toContain('hunter2')
    expect(text).toContain('22P02')
  }
  expect(ways.at(-1)).toContain('"msg":"failed"')
})
