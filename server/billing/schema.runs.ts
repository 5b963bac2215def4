import { z } from 'zod'
import type { CivilDate } from '#server/kernel/civil.ts'
import type { DecimalString, Money } from '#server/kernel/money.ts'

/** What a run, or a part of one, did. */
export type RunResult = Readonly<{
  customers: number
  invoices: number
  parked: number
  /** Invoiced, by currency. */
  totals: ReadonlyMap<string, Money>
}>

export const runsPerPage = 20

const page = z.number().int().min(0).max(10_000).default(0)
export const zRunsQuery = z.strictObject({ page })
export type RunsQuery = z.infer<typeof zRunsQuery>

export type RunRow = {
  run: number
  beganAt: string
  /** Neither ended nor likely to be at work any more: it was interrupted, and the next one went on. */
  state: 'done' | 'running' | 'interrupted'
  customers: number
  invoices: number
  parked: number
  totals: { currency: string; amount: DecimalString }[]
}

export type RunList = { rows: RunRow[]; total: number }

/** Why nobody is charged by a bill, as the catalogues know it. */
export const parkCodes = [
  'wrong_currency',
  'too_many_charges',
  'charge_too_high',
  'failed',
] as const
export type ParkCode = (typeof parkCodes)[number]

export const knownPark = (code: string): ParkCode =>
  parkCodes.find((known) => known === code) ?? 'failed'

/** A customer left out of runs until somebody has looked. */
export type ParkedRow = {
  customer: number
  name: string
  /** The day of the invoice that was not written. */
  onDay: CivilDate
  parkedAt: string
  code: ParkCode
  /** The subscription it is about, and what the code's sentence tells of it. */
  details: { name: string; plan: string; customer: string; n: number }
}

export type RunSum = Pick<RunRow, 'customers' | 'invoices' | 'parked' | 'totals'>

export const zParked = z.strictObject({ customer: z.number().int().positive() })
export type Parked = z.infer<typeof zParked>
