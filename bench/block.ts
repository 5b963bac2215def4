import { randomUUID } from 'node:crypto'
import pg from 'pg'
import * as blocks from '#server/accounts/service.blocks.ts'
import type { CustomerId, EnvId, UserId } from '#server/kernel/ids.ts'
import type { Actor } from '#server/runtime/actor.ts'
import { unitOfWork } from '#server/runtime/unit-of-work.ts'
import { inLab, type Lab, median, report } from './harness.ts'

const customer = 46170 as CustomerId
/** Lines of the customer, of which some are blocked: nobody has a table to themselves. */
const there = 10_000
const rounds = 5
/** Times the one UPDATE, at most. */
const bar = 10

/** Lines in one statement: what hangs on an account takes no part in this. */
const makeLines = `
  insert into accounts (i_env, account_id, i_customer, i_product, kind, name, time_zone, status, sip_username, sip_password_sealed, created_at, activated_at)
  select 1, 'bench' || n, ${customer}, (select id from products where i_env = 1 and name = 'Cloud PBX'), 'extension', 'A colleague', 'UTC', 'active', 'bench' || n, 'sealed', now(), now()
    from generate_series(1, ${there}) n
  returning id`

const actor: Actor = {
  realm: 'customer',
  role: 'administrator',
  name: 'Bench',
  user: 1 as UserId,
  customer,
  ip: '127.0.0.1',
}

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now()
  await work()
  return performance.now() - began
}

/** Blocks and unblocks `n` lines by turns with one UPDATE of as many rows; answers both medians in ms. */
async function measure(
  { app }: Lab,
  admin: pg.Pool,
  lines: readonly number[],
  n: number,
): Promise<[number, number]> {
  const edge = { ...app, requestId: 'bench', env: 1 as EnvId, actor }
  const ours: number[] = []
  const theirs: number[] = []
  for (let round = 0; round <= rounds; round++) {
    const mine = lines.slice(0, n)
    const other = lines.slice(n, 2 * n)
    const plain = await timed(() =>
      admin.query(
        "update accounts set status = 'blocked', blocked_by = 'customer' where i_env = 1 and id = any($1)",
        [other],
      ),
    )
    await admin.query(
      "update accounts set status = 'active', blocked_by = null where i_env = 1 and id = any($1)",
      [other],
    )
    const asked = { accounts: mine, reason: 'Season is over', key: randomUUID() }
    const whole = await timed(() => unitOfWork(edge, (ctx) => blocks.block(ctx, asked)))
    await expectBlocked(admin, mine)
    await unitOfWork(edge, (ctx) => blocks.unblock(ctx, { accounts: mine, key: randomUUID() }))
    // The first one warms up.
    if (round > 0) {
      theirs.push(plain)
      ours.push(whole)
    }
  }
  return [median(ours), median(theirs)]
}

async function expectBlocked(admin: pg.Pool, lines: readonly number[]): Promise<void> {
  const { rows } = await admin.query(
    `select count(*)::int as n,
            (select count(*)::int from account_blocks b where b.i_account = any($1) and b.state = 'running') as running
       from accounts where id = any($1) and status = 'blocked' and blocked_by = 'customer'`,
    [lines],
  )
  if (rows[0].n !== lines.length || rows[0].running !== lines.length) {
    throw new Error(`${lines.length} lines were blocked; ${JSON.stringify(rows[0])} are.`)
  }
}

/** Selected lines blocked, events and audit included, against one UPDATE of as many rows. */
export async function run(): Promise<boolean> {
  return inLab(4, async (lab) => {
    const admin = new pg.Pool({ connectionString: lab.adminUrl, max: 1 })
    try {
      const { rows } = await admin.query<{ id: number }>(makeLines)
      await admin.query('analyze accounts')
      const lines = rows.map(({ id }) => id)
      let ok = false
      for (const n of [10, 100, 1_000]) {
        const [ours, theirs] = await measure(lab, admin, lines, n)
        const name = n === 1_000 ? 'block' : `block, ${n} lines`
        console.log(`${name}: ${ours.toFixed(1)} ms, one UPDATE ${theirs.toFixed(1)} ms`)
        const { ok: reached } = report(
          name,
          'lines/s',
          (n / ours) * 1000,
          (n / theirs) * 1000,
          1 / bar,
        )
        // The promise is about a thousand; of ten, a dozen round trips are most of the time.
        if (n === 1_000) ok = reached
      }
      return ok
    } finally {
      await admin.end()
    }
  })
}
