import * as audit from '#server/audit/service.ts'
import { demand } from '#server/auth/rights.ts'
import * as refusals from '#server/clock/errors.ts'
import * as repo from '#server/clock/repo.ts'
import { type ClockStatus, type MoveClock, mostYears } from '#server/clock/schema.ts'
import { targetOf } from '#server/clock/stops.ts'
import { addMonths, type CivilDate, dayIn, daysIn } from '#server/kernel/civil.ts'
import type { Instant } from '#server/kernel/ids.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

/** @throws forbidden `clock.not_sandbox` */
async function mine(ctx: Ctx) {
  const [row] = await repo.find(ctx)
  if (!row?.sandbox) throw refusals.notSandbox()
  return row
}

/** Counted from the machine's clock, so that moving it often leads no further. */
const lastDay = (ctx: Ctx, zone: string): CivilDate =>
  addMonths(dayIn(zone, ctx.wall), mostYears * 12)

/** What time it is in a sandbox, and how far its clock has still to go. */
export async function status(ctx: Ctx): Promise<ClockStatus> {
  demand(ctx.actor, 'clock:read')
  const { timeZone, from, target, trouble } = await mine(ctx)

  const today = dayIn(timeZone, ctx.now)
  const until = target && dayIn(timeZone, target)
  return {
    now: ctx.now.toISOString(),
    wall: ctx.wall.toISOString(),
    today,
    timeZone,
    until: lastDay(ctx, timeZone),
    move:
      from && target && until
        ? {
            to: target.toISOString(),
            days: daysIn({ from: dayIn(timeZone, from), until }),
            daysLeft: Math.max(0, daysIn({ from: today, until })),
            trouble,
          }
        : null,
  }
}

/**
 * Says where the clock of this sandbox is to go; a worker lives the days in between, one by one.
 *
 * @throws forbidden `clock.not_sandbox`, invalid `clock.backwards`, `clock.too_far`, conflict `clock.moving`
 */
export async function move(ctx: Ctx, asked: MoveClock): Promise<ClockStatus> {
  demand(ctx.actor, 'clock:write')

  const { timeZone, target: underWay } = await mine(ctx)
  if (underWay) throw refusals.moving(dayIn(timeZone, underWay))

  const today = dayIn(timeZone, ctx.now)
  // Far off, a day has no number of milliseconds to count with.
  if ('to' in asked && asked.to < today) throw refusals.backwards(today)
  const until = lastDay(ctx, timeZone)
  if ('to' in asked && asked.to > until) throw refusals.tooFar(mostYears, until)
  const target = targetOf(timeZone, ctx.now, asked)
  if (target <= ctx.now) throw refusals.backwards(today)
  if (dayIn(timeZone, target) > until) throw refusals.tooFar(mostYears, until)

  const [aimed] = await repo.aim(ctx, ctx.now, target)
  // Somebody else was first: what they said is known once they have committed, as they have.
  if (!aimed) throw refusals.moving(dayIn(timeZone, (await mine(ctx)).target ?? target))
  await audit.done(ctx, {
    action: 'environment.move_clock',
    entity: 'environment',
    entityId: String(ctx.env),
    before: { now: ctx.now.toISOString() },
    after: { now: (target as Instant).toISOString() },
  })
  return status(ctx)
}
