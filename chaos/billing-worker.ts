import pg from 'pg'
import { openDatabase } from '#db/client.ts'
import type { EnvId } from '#server/kernel/ids.ts'
import { stripeGateway } from '#server/payments/stripe.ts'
import { system } from '#server/runtime/actor.ts'
import { systemClock } from '#server/runtime/clock.ts'
import { openLog } from '#server/runtime/log.ts'
import { deriveSecrets } from '#server/runtime/secrets.ts'
import { standInKeys } from '#server/testing/stripe/stand-in.ts'
import { dailyJobs } from '#server/worker/daily.ts'

// A worker that lives a sandbox's days until it is killed: the work of a day, then the next one.
const { APP_URL = '', ADMIN_URL = '', BANK = '', UNTIL = '', MASTER = '' } = process.env

const database = openDatabase({ url: APP_URL, max: 4, statementTimeoutMs: 30_000 })
const edge = {
  database,
  clock: systemClock,
  log: openLog('silent'),
  secrets: deriveSecrets(MASTER),
  requestId: 'chaos',
  env: 1 as EnvId,
  actor: system('chaos'),
}
const outside = {
  gateway: stripeGateway({ ...standInKeys, apiBase: BANK }),
  publicUrl: 'https://portal.example',
  proofKey: '',
}

const ask = async <Row extends pg.QueryResultRow>(text: string): Promise<Row[]> => {
  const client = new pg.Client({ connectionString: ADMIN_URL })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query<Row>(text)).rows
  } finally {
    // Of a connection that was lost the end is never told.
    client.end().catch(() => {})
  }
}

/** A database that was killed is back in a moment. */
const again = async <T>(work: () => Promise<T>): Promise<T> => {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (process.env.TELL) console.error(error)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

/** A payment whose worker was killed is taken up at once, or its customer's days would pass meanwhile. */
const hasten = `
  update payments set next_try_at = now() where settled_at is null and next_try_at < now() + interval '57 seconds'`

for (;;) {
  const over = await again(async () => {
    const [before] = await ask<{ ahead: string; over: boolean }>(
      `select clock_ahead::text as ahead,
              (now() + make_interval(secs => clock_ahead / 1000.0))::date >= '${UNTIL}' as over
         from environments where id = 1`,
    )
    for (const job of dailyJobs(outside)) await job.run(edge)
    await ask(hasten)
    const [open] = await ask<{ n: number }>(
      'select count(*)::int as n from payments where settled_at is null',
    )
    if (open!.n > 0) return false
    // Of two workers that are done with a day one begins the next.
    if (!before!.over) {
      await ask(
        `update environments set clock_ahead = clock_ahead + 86400000
          where id = 1 and clock_ahead = ${before!.ahead}`,
      )
    }
    return before!.over
  })
  if (over) break
}
await database.close()
