import type { BlockState, FreeDays, Placer, WhyNotBlock } from '#server/accounts/schema.blocks.ts'
import { whyNotBlock } from '#server/accounts/schema.blocks.ts'
import type { AccountStatus } from '#server/accounts/schema.ts'
import { addDays, type CivilDate, dayIn, startOfDay } from '#server/kernel/civil.ts'

/** A stretch of time for which a line is blocked, or is going to be. */
export type Stretch = Readonly<{
  /** Undefined until it is written. */
  id?: number
  by: Placer
  reason: string
  startsAt: Date
  endsAt: Date | null
  /** The end somebody asked for. */
  plannedUntil: Date | null
  /** The first day blocked from its first moment, by this stretch and those it follows without a gap. */
  freeFrom: CivilDate
  zone: string
  state: BlockState
}>

/** What is known of a line before it is decided what may become of it. */
export type Line = Readonly<{
  status: AccountStatus
  blockedBy: Placer | null
  /** Planned and running ones, and the last that is over. */
  stretches: readonly Stretch[]
}>

/** Something that became true of a line at an instant. */
export type Turn = Readonly<{ kind: 'began' | 'ended'; stretch: Stretch; at: Date }>

/** The first day blocked from its first moment by a block that begins at `instant`. */
export function firstWholeDay(zone: string, instant: Date): CivilDate {
  const day = dayIn(zone, instant)
  return startOfDay(zone, day) >= instant ? day : addDays(day, 1)
}

/**
 * The days a stretch makes free: those in force at whose end it was, and that were blocked from their
 * first moment. So a stretch that takes over from another has the day they share, once.
 */
export function freeDays({ freeFrom, endsAt, zone }: Stretch): FreeDays {
  if (endsAt === null) return { from: freeFrom, until: null }
  const until = dayIn(zone, endsAt)
  return freeFrom < until ? { from: freeFrom, until } : null
}

const later = <T extends Date | CivilDate>(a: T, b: T | undefined): T =>
  b !== undefined && b > a ? b : a
const endOf = ({ endsAt }: Pick<Stretch, 'endsAt'>): number => endsAt?.getTime() ?? Infinity
const running = (stretches: readonly Stretch[]) =>
  stretches.find(({ state }) => state === 'running')

/** The last stretch that is over: what comes may follow it without a gap, and never lies before it. */
const lastOver = (stretches: readonly Stretch[]): Stretch | undefined =>
  stretches
    .filter(({ state }) => state === 'over')
    .reduce<Stretch | undefined>((a, b) => (a && endOf(a) > endOf(b) ? a : b), undefined)

type Step = Readonly<{ at: Date; kind: 'end' | 'begin' | 'lapse'; stretch: Stretch }>
const order = { end: 0, lapse: 1, begin: 2 } as const

/** What comes next for a line, if it has come by `now`. The provider's block begins over the customer's. */
function nextStep(
  status: AccountStatus,
  stretches: readonly Stretch[],
  now: Date,
): Step | undefined {
  const ended = status === 'terminated'
  const waits = ended || status === 'inactive'
  const current = running(stretches)
  const over = lastOver(stretches)?.endsAt ?? undefined
  const steps = stretches.flatMap((stretch): Step[] => {
    const { state, startsAt, endsAt, by } = stretch
    if (state === 'running') return endsAt ? [{ at: endsAt, kind: 'end', stretch }] : []
    if (state !== 'planned') return []
    if (ended) return [{ at: startsAt, kind: 'lapse', stretch }]
    if (waits || (current && !(by === 'admin' && current.by === 'customer'))) {
      return endsAt ? [{ at: endsAt, kind: 'lapse', stretch }] : []
    }
    const at = later(later(startsAt, over), current?.startsAt)
    return [
      endsAt && endsAt <= at
        ? { at: endsAt, kind: 'lapse', stretch }
        : { at, kind: 'begin', stretch },
    ]
  })
  const due = steps.filter(({ at }) => at <= now)
  due.sort(
    (a, b) =>
      a.at.getTime() - b.at.getTime() ||
      order[a.kind] - order[b.kind] ||
      a.stretch.by.localeCompare(b.stretch.by),
  )
  return due[0]
}

/** A line as it is now, and what happened to it on the way. */
export type Advanced = Readonly<{ line: Line; turns: readonly Turn[] }>

/**
 * Lives a line's plans up to `now`, at the instants they were made for, however late that is noticed:
 * stretches begin, end, and give way to the provider's; a customer's plan that lies under a block of
 * the provider waits, and goes on when that is lifted.
 */
export function advance(line: Line, now: Date): Advanced {
  let stretches = [...line.stretches]
  const turns: Turn[] = []
  const put = (old: Stretch, made: Stretch): Stretch => {
    stretches = stretches.map((one) => (one === old ? made : one))
    return made
  }

  const next = () => nextStep(line.status, stretches, now)
  for (let step = next(); step; step = next()) {
    const { at, kind, stretch } = step
    if (kind === 'lapse') {
      put(stretch, { ...stretch, state: 'cancelled' })
      continue
    }
    if (kind === 'end') {
      turns.push({ kind: 'ended', stretch: put(stretch, { ...stretch, state: 'over' }), at })
      continue
    }
    const current = running(stretches)
    if (current) {
      put(current, { ...current, endsAt: at, state: 'over' })
      if (current.endsAt && current.endsAt > at) stretches.push(remainder(current, at))
    }
    const began = put(stretch, begun(stretch, at, lastOver(stretches)))
    turns.push({ kind: 'began', stretch: began, at })
  }

  const current = running(stretches)
  const status = current ? 'blocked' : line.status === 'blocked' ? ('active' as const) : line.status
  return { line: { status, blockedBy: current?.by ?? null, stretches }, turns: heard(turns) }
}

/** What is left of a stretch with an end that gave way: it goes on when the other is lifted. */
const remainder = ({ id: _, ...stretch }: Stretch, at: Date): Stretch => ({
  ...stretch,
  startsAt: at,
  freeFrom: firstWholeDay(stretch.zone, at),
  state: 'planned',
})

function begun(stretch: Stretch, at: Date, before: Stretch | undefined): Stretch {
  const follows = before?.endsAt?.getTime() === at.getTime()
  const freeFrom = follows
    ? later(before.freeFrom, dayIn(stretch.zone, at))
    : firstWholeDay(stretch.zone, at)
  // A customer that moved to another zone doesn't get a day twice.
  const until = before ? freeDays(before)?.until : undefined
  return {
    ...stretch,
    startsAt: at,
    freeFrom: later(freeFrom, until ?? undefined),
    state: 'running',
  }
}

/** A line that is handed from one stretch to the next was not unblocked in between. */
const heard = (turns: readonly Turn[]): readonly Turn[] =>
  turns.filter(({ kind, at }, i) => {
    const next = turns[i + 1]
    return !(kind === 'ended' && next?.kind === 'began' && next.at.getTime() === at.getTime())
  })

/** Why not, or the line as it becomes and the stretch that was asked for. */
export type Decided =
  | Readonly<{ why: WhyNotBlock; line?: undefined; on?: undefined }>
  | Readonly<{ why?: undefined; line: Line; on: Stretch }>

export type Asked = Readonly<{
  by: Placer
  reason: string
  startsAt: Date
  endsAt: Date | null
  zone: string
}>

/**
 * Adds a block to a line. What it touches of the same side's becomes one stretch with it: a plan is
 * taken in, a block in force is made longer. Times of the other side stay as they are.
 */
export function place(line: Line, asked: Asked): Decided {
  const own = line.stretches.filter(
    ({ by, state }) => by === asked.by && (state === 'planned' || state === 'running'),
  )
  const why = whyNotBlock('planBlock', line, asked.by)
  if (why) return { why }

  const touched = own.filter(
    (one) => one.startsAt.getTime() <= endOf(asked) && asked.startsAt.getTime() <= endOf(one),
  )
  const whole = touched.find((one) => one.startsAt <= asked.startsAt && endOf(asked) <= endOf(one))
  if (whole) return { why: whole.state === 'running' ? 'already_blocked' : 'already_planned' }

  const last = [asked, ...touched].reduce((a, b) => (endOf(a) >= endOf(b) ? a : b))
  const { endsAt } = last
  const kept = touched.find(({ state }) => state === 'running')
  const first = [asked, ...touched].reduce((a, b) => (b.startsAt < a.startsAt ? b : a)).startsAt
  const on: Stretch = kept
    ? { ...kept, endsAt, plannedUntil: endsAt, reason: asked.reason || kept.reason }
    : {
        by: asked.by,
        reason: asked.reason || (touched.find(({ reason }) => reason)?.reason ?? ''),
        startsAt: first,
        endsAt,
        plannedUntil: endsAt,
        freeFrom: firstWholeDay(asked.zone, first),
        zone: asked.zone,
        state: 'planned',
      }
  const others = line.stretches.map((one) =>
    one !== kept && touched.includes(one) ? { ...one, state: 'cancelled' as const } : one,
  )
  const stretches = kept ? others.map((one) => (one === kept ? on : one)) : [...others, on]
  return { line: { ...line, stretches }, on }
}

/** Ends the block in force at an instant: now, or the first moment of a day to come. */
export function lift(line: Line, by: Placer, at: Date, now: Date): Decided {
  const why = whyNotBlock('unblock', line, by)
  if (why) return { why }

  const current = running(line.stretches)
  if (!current) return { why: 'not_blocked' }
  const follows = line.stretches.some(
    (one) => one.state === 'planned' && one.by === current.by && one.startsAt < at,
  )
  if (follows) return { why: 'plans_follow' }
  const on: Stretch = {
    ...current,
    endsAt: at,
    plannedUntil: at > now ? at : current.plannedUntil,
  }
  return {
    line: { ...line, stretches: line.stretches.map((one) => (one === current ? on : one)) },
    on,
  }
}

/** Takes a plan back; the provider's is the provider's alone to take back. */
export function cancel(line: Line, id: number, by: Placer): Decided {
  const plan = line.stretches.find((one) => one.id === id && one.state === 'planned')
  if (!plan) return { why: 'not_planned' }
  if (plan.by === 'admin' && by === 'customer') return { why: 'blocked_by_admin' }
  const on: Stretch = { ...plan, state: 'cancelled' }
  return {
    line: { ...line, stretches: line.stretches.map((one) => (one === plan ? on : one)) },
    on,
  }
}

/** Ends the block in force, for an account that is no more; its plans lapse when their day comes. */
export const closed = (line: Line, now: Date): Line => ({
  ...line,
  stretches: line.stretches.map((one) =>
    one.state === 'running' ? { ...one, endsAt: now, state: 'over' } : one,
  ),
})

/** Goes on with the block that was closed at an instant, for an account that is blocked again. */
export const reopened = (line: Line, closedAt: Date): Line => ({
  ...line,
  stretches: line.stretches.map((one) =>
    one.state === 'over' &&
    one.by === line.blockedBy &&
    one.endsAt?.getTime() === closedAt.getTime()
      ? { ...one, endsAt: one.plannedUntil, state: 'running' }
      : one,
  ),
})
