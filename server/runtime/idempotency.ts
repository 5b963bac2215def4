import { createHash } from 'node:crypto'
import { sqlState } from '#db/client.ts'
import { type HotStatement, hot } from '#db/prepared.ts'
import { refuse } from '#server/kernel/errors.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { leave } from '#server/runtime/gather.ts'
import { type Edge, unitOfWork } from '#server/runtime/unit-of-work.ts'

/** How long an answer can be asked for again. */
const keptHours = 72

/** Of one transaction: few enough that it is over before anybody waits for it. */
const forgottenAtOnce = 1_000

const keyReused = () =>
  refuse(
    'invalid',
    'idempotency.key_reused',
    'This key was used for a different request before. Use a new key for a new request.',
  )

const stillRunning = () =>
  refuse(
    'conflict',
    'idempotency.still_running',
    'The same request is being worked on. Its answer will be there in a moment.',
  )

const insert: HotStatement = {
  name: 'idempotency_claim',
  text: `
    insert into idempotency_keys (i_env, caller, key, request_hash, created_at)
    values ($1, $2, $3, $4, $5) on conflict do nothing returning key`,
}

const read: HotStatement = {
  name: 'idempotency_read',
  text: `
    select request_hash as hash, answer from idempotency_keys
     where i_env = $1 and caller = $2 and key = $3`,
}

const write: HotStatement = {
  name: 'idempotency_answer',
  text: `
    update idempotency_keys set answer = $4
     where i_env = $1 and caller = $2 and key = $3`,
}

// Oldest first, by their index; what another node is at is left to it.
const forget: HotStatement = {
  name: 'idempotency_forget',
  text: `
    delete from idempotency_keys where (i_env, caller, key) in (
      select i_env, caller, key from idempotency_keys
       where i_env = $1 and created_at < $2
       order by created_at limit $3 for update skip locked)
    returning 1 as gone`,
}

const callerOf = ({ actor }: Ctx) =>
  actor.user ? `user:${actor.user}` : actor.draft ? `draft:${actor.draft}` : actor.realm

/**
 * Does `work` once a key: key and effect are written in one transaction, so the second request gets
 * the first one's answer, whenever it comes and whatever died in between. Pure database work only.
 *
 * @param key chosen by the caller, kept for 72 hours (`forgetOldAnswers`)
 * @param request what was asked, to tell a repeat from a mistake
 * @throws invalid `idempotency.key_reused`, conflict `idempotency.still_running`
 */
export async function once<Answer>(
  ctx: Ctx,
  key: string,
  request: unknown,
  work: () => Promise<Answer>,
): Promise<Answer> {
  const caller = callerOf(ctx)
  const requestHash = createHash('sha256').update(JSON.stringify(request)).digest('base64url')
  const mine = [ctx.env, caller, key]

  if (!(await claim(ctx, [...mine, requestHash, ctx.wall]))) {
    const [known] = await hot<{ hash: string; answer: Answer }>(ctx.db, read, mine)
    if (!known) throw stillRunning()
    if (known.hash !== requestHash) throw keyReused()
    return known.answer
  }

  const answer = await work()
  leave(ctx, { ...write, values: [...mine, JSON.stringify(answer ?? null)] })
  return answer
}

/** A second request with the key waits here for the first one's commit. */
async function claim(ctx: Ctx, values: unknown[]): Promise<boolean> {
  try {
    return (await hot(ctx.db, insert, values)).length === 1
  } catch (error) {
    // 55P03: the first one takes longer than a lock may be waited for.
    if (sqlState(error) === '55P03') throw stillRunning()
    throw error
  }
}

/**
 * Forgets an environment's answers that are too old to be asked for again. Run it once an hour.
 *
 * @returns how many there were
 */
export async function forgetOldAnswers(edge: Edge): Promise<number> {
  let all = 0
  for (let gone = forgottenAtOnce; gone === forgottenAtOnce; all += gone) {
    gone = await unitOfWork(edge, async (ctx) => {
      const before = new Date(ctx.wall.getTime() - keptHours * 3_600_000)
      return (await hot(ctx.db, forget, [ctx.env, before, forgottenAtOnce])).length
    })
  }
  return all
}
