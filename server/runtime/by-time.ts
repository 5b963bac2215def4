import { sql } from 'drizzle-orm'
import { visibilityOf } from '#server/runtime/actor.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

/**
 * One step of a unit of work as the system: for what has come about by time alone, whoever is the
 * first to notice. What somebody asked for is never done here.
 */
export async function byTime<T>(ctx: Ctx, step: () => Promise<T>): Promise<T> {
  await see(ctx, 'all')
  const result = await step()
  // Where the step throws, the transaction is over, and with it what it saw.
  await see(ctx, visibilityOf(ctx.actor, ctx.env).scope)
  return result
}

const see = (ctx: Ctx, scope: string) =>
  ctx.db.execute(sql`select set_config('app.scope', ${scope}, true)`)
