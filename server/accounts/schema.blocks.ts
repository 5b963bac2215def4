import { z } from 'zod'
import { whyNot } from '#server/accounts/schema.moves.ts'
import type { AccountStatus } from '#server/accounts/schema.ts'
import { addDays, type CivilDate } from '#server/kernel/civil.ts'
import type { DecimalString } from '#server/kernel/money.ts'
import { oneLine } from '#server/kernel/text.ts'

/** Who has an account blocked: the customer itself, or its provider or reseller. */
export type Placer = 'customer' | 'admin'

export type BlockState = 'planned' | 'running' | 'over' | 'cancelled'

/** Wholly blocked days, half-open; `until` null while nobody knows; null for none. */
export type FreeDays = Readonly<{ from: CivilDate; until: CivilDate | null }> | null

/** So many accounts at once: all the lines of a large customer. */
export const maxBlockedAtOnce = 10_000
/** A plan for later than this is a typing mistake. */
const farthestDays = 5 * 366

/** Why something can't be done with a line, as the code of the refusal that says it. */
export type WhyNotBlock =
  | 'blocked_by_admin'
  | 'already_blocked'
  | 'already_planned'
  | 'not_blocked'
  | 'not_planned'
  | 'waiting'
  | 'terminated'
  | 'plans_follow'

const reasons = {
  active: 'not_blocked',
  blocked: 'already_blocked',
  inactive: 'waiting',
  terminated: 'terminated',
} as const satisfies Record<AccountStatus, WhyNotBlock>

/** `whyNot` of accounts in the words of blocks; undefined when it is possible. */
export function whyNotBlock(
  move: 'block' | 'planBlock' | 'unblock',
  line: Readonly<{ status: AccountStatus; blockedBy: Placer | null }>,
  by: Placer,
): WhyNotBlock | undefined {
  const rule = whyNot(move, { ...line, accountId: '' }, by)
  if (!rule) return undefined
  return rule.code === 'accounts.blocked_by_admin' ? 'blocked_by_admin' : reasons[line.status]
}

export type WhyNotDates = 'block_in_past' | 'block_ends_early' | 'block_too_far'

/** The first day asked for and the first one not; today and for good where they are not said. */
export type AskedDays = Readonly<{ from?: CivilDate; until?: CivilDate }>

/** Undefined when a block of these days can be had on `today`. */
export function whyNotDates({ from, until }: AskedDays, today: CivilDate): WhyNotDates | undefined {
  if (from && from < today) return 'block_in_past'
  if (until && until <= (from ?? today)) return 'block_ends_early'
  const farthest = addDays(today, farthestDays)
  return (from ?? today) > farthest || (until ?? today) > farthest ? 'block_too_far' : undefined
}

const zDay = z.iso.date().transform((day) => day as CivilDate)
const zAccounts = z.array(z.number().int().positive()).min(1).max(maxBlockedAtOnce)
const zCustomer = z.number().int().positive()
/** One a press of the button: pressing twice is pressing once. */
const key = z.uuid()

const asked = {
  accounts: zAccounts,
  /** The first day, from its first moment; now unless said. */
  from: zDay.optional(),
  /** The first day not blocked any more; until somebody unblocks it unless said. */
  until: zDay.optional(),
  reason: z.string().overwrite(oneLine).max(200).default(''),
}

export const zBlock = z.strictObject({ ...asked, key })
export type BlockInput = z.infer<typeof zBlock>

export const zBlockPreview = z.strictObject({
  accounts: asked.accounts,
  from: asked.from,
  until: asked.until,
})
export type BlockPreviewInput = z.infer<typeof zBlockPreview>

export const zUnblock = z.strictObject({
  accounts: zAccounts,
  /** The day from whose first moment it works again; now unless said. */
  on: zDay.optional(),
  key,
})
export type UnblockInput = z.infer<typeof zUnblock>

export const zCancelBlocks = z.strictObject({ blocks: zAccounts, key })
export type CancelBlocksInput = z.infer<typeof zCancelBlocks>

export const zBlockAgain = z.strictObject({ blocks: zAccounts, key })
export type BlockAgainInput = z.infer<typeof zBlockAgain>

/** What an administrator does for a customer names it. */
export const zBlockFor = zBlock.extend({ customer: zCustomer })
export type BlockForInput = z.infer<typeof zBlockFor>
export const zBlockPreviewFor = zBlockPreview.extend({ customer: zCustomer })
export type BlockPreviewForInput = z.infer<typeof zBlockPreviewFor>
export const zUnblockFor = zUnblock.extend({ customer: zCustomer })
export type UnblockForInput = z.infer<typeof zUnblockFor>
export const zCancelBlocksFor = zCancelBlocks.extend({ customer: zCustomer })
export type CancelBlocksForInput = z.infer<typeof zCancelBlocksFor>
export const zBlockAgainFor = zBlockAgain.extend({ customer: zCustomer })
export type BlockAgainForInput = z.infer<typeof zBlockAgainFor>

/** What became of each line: `block` is its stretch; `left` are those that stay as they were. */
export type BlockOutcome = {
  done: { account: number; block: number }[]
  left: { account: number; accountId: string; name: string; why: WhyNotBlock }[]
}

/** What is saved in one month, all lines together. */
export type MonthSaved = { month: string; days: number; amount: DecimalString }

/** What a block would do, before it is pressed: beside what is planned already. */
export type BlockPreview = {
  /** Lines it would block, or plan to. */
  lines: number
  left: BlockOutcome['left']
  /** Days of each of these lines that will be wholly blocked. */
  days: FreeDays
  currency: string
  /** What these lines pay each month: saved in each month wholly blocked that wasn't to be anyway. */
  monthly: DecimalString
  /** Of the whole stretch; null while what it saves has no end. */
  total: DecimalString | null
  /** Month by month; of a stretch without an end its first month alone. */
  months: MonthSaved[]
  /** Today in the customer's zone, by whose calendar days are free. */
  today: CivilDate
  timeZone: string
}

/** A stretch as a line's history shows it. */
export type BlockRow = {
  block: number
  account: number
  accountId: string
  extension: string | null
  name: string
  placedBy: Placer
  reason: string
  startsAt: string
  endsAt: string | null
  plannedUntil: string | null
  days: FreeDays
  state: BlockState
  /** Undefined when it can be ended, or taken back, by whoever asks. */
  whyNot?: WhyNotBlock
}

/** Of one line; today is the customer's. */
export type BlockHistory = { today: CivilDate; rows: BlockRow[] }

export const zBlocksOf = z.strictObject({ account: z.number().int().positive() })

export const zBlocksOfFor = zBlocksOf.extend({ customer: zCustomer })
export type BlocksOfForInput = z.infer<typeof zBlocksOfFor>

export const blocksPerPage = 50

export const zBlockMonth = z.strictObject({
  /** `2026-12`; the month it is in the customer's zone unless said. */
  month: z
    .string()
    .regex(/^2\d{3}-(0[1-9]|1[0-2])$/)
    .optional(),
  page: z.number().int().min(0).max(10_000).default(0),
})
export type BlockMonthInput = z.infer<typeof zBlockMonth>

/** A month of a customer: how many lines are free on which day, and what it saves. */
export type BlockMonth = {
  month: string
  today: CivilDate
  timeZone: string
  currency: string
  /** Day by day of the month: lines wholly blocked, or planned to be. */
  days: number[]
  /** Until yesterday, and from today on as planned. */
  saved: DecimalString
  toCome: DecimalString
  rows: BlockRow[]
  total: number
}
