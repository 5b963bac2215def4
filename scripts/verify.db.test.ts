import { spawn } from 'node:child_process'
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startEmbedded } from '#db/embedded.ts'
import { ensureDatabase, prepareDatabase } from '#db/prepare.ts'
import { testDatabase } from '#server/testing/database.ts'
import { testPasswords } from '#server/testing/secrets.ts'

const it = testDatabase()

function run(env: Record<string, string>): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, ['scripts/verify.ts'], {
    env: { ...process.env, DATABASE_URL: '', DATA_DIR: '', ...env },
  })
  let output = ''
  child.stdout.on('data', (text) => (output += text))
  child.stderr.on('data', (text) => (output += text))
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })))
}

test('of a database with nothing wrong: a line an invariant, and so it says', async () => {
  const { code, output } = await run({ DATABASE_URL: it.adminUrl })
  expect(output).toMatch(/^I1 +ok +places used/)
  expect(output).toMatch(/\nverify: nothing wrong\n$/)
  expect(code).toBe(0)
})

test('of one with something wrong: which, where, and a bad end', async () => {
  await it.sql('update agreement_items set used = 4 where i_customer = 46171')
  const { code, output } = await run({ DATABASE_URL: it.adminUrl })
  expect(output).toMatch(/I1 +BROKEN places used.*\n.*"i_customer":46171.*"used":4.*"live":"3"/)
  expect(output).toMatch(/\nverify: 1 of \d+ are broken\n$/)
  expect(code).toBe(1)
  await it.sql('update agreement_items set used = 3 where i_customer = 46171')
})

test('as somebody who doesn’t see every row it is refused, and not taken for good', async () => {
  const { code, output } = await run({ DATABASE_URL: it.appUrl })
  expect(output).toContain("doesn't see every row")
  expect(output).not.toContain('nothing wrong')
  expect(code).toBe(2)
})

describe('the embedded database', () => {
  let dataDir: string
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'portico-verify-'))
    await withServer(async (adminUrl) => {
      await ensureDatabase(adminUrl, 'portico')
      const url = Object.assign(new URL(adminUrl), { pathname: '/portico' }).toString()
      await prepareDatabase(url, testPasswords)
    })
  })
  afterAll(() => rm(dataDir, { recursive: true, force: true }))

  async function withServer(work: (adminUrl: string) => Promise<void>) {
    const server = await startEmbedded({ dataDir, log: () => {} })
    await work(server.adminUrl).finally(() => server.stop())
  }

  test('is checked while a server runs it', () =>
    withServer(async () => {
      expect(await run({ DATA_DIR: dataDir })).toEqual({
        code: 0,
        output: expect.stringContaining('nothing wrong'),
      })
    }))

  test('is checked when none does, and left stopped', async () => {
    expect(await run({ DATA_DIR: dataDir })).toEqual({
      code: 0,
      output: expect.stringContaining('nothing wrong'),
    })
    await expect(readFile(join(dataDir, 'postgres', 'postmaster.pid'))).rejects.toThrow('ENOENT')
  })

  test('where there is none isn’t made', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'portico-verify-'))
    const { code, output } = await run({ DATA_DIR: empty })
    expect(output).toContain('There is no database in')
    expect(code).toBe(2)
    await expect(cp(join(empty, 'postgres'), join(empty, 'x'))).rejects.toThrow('ENOENT')
    await rm(empty, { recursive: true })
  })
})
