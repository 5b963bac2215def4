import { z } from 'zod'
import type { CivilDate } from '#server/kernel/civil.ts'

/** What a service counts. */
export type Unit = 'seconds' | 'bytes' | 'messages'

const units: Readonly<Record<string, Unit>> = { data: 'bytes', messaging: 'messages' }

/** By the service's code; whatever isn't said to count otherwise is counted by its time. */
export const unitOf = (service: string): Unit => units[service] ?? 'seconds'

export const limits = {
  /** Of one call. */
  rows: 1_000,
  /** Of a file. */
  fileRows: 1_000_000,
  fileBytes: 200 * 1024 * 1024,
  externalId: 100,
  destination: 100,
  /** Faults that are told one by one; all of them are counted. */
  faults: 1_000,
} as const

const cell = z.string().max(300)
const count = z.union([cell, z.number()]).transform(String)

/** A record as it was given; what is wrong with it is said of it alone. */
export const zGiven = z.strictObject({
  /** What the system that rated it calls it: the same one again changes nothing. */
  id: cell,
  /** Account id, or a number that reaches it. */
  account: cell,
  /** Code or name of the service. */
  service: cell,
  /** When it began, with its zone: 2026-11-21T09:30:00Z. */
  start: cell,
  /** Seconds; or, of data and messages, `volume`: bytes, messages. */
  duration: count.default(''),
  volume: count.default(''),
  /** In the customer's currency, five places at most. */
  amount: cell,
  /** The customer's, where it is said. */
  currency: cell.default(''),
  destination: cell.default(''),
})
export type Given = z.infer<typeof zGiven>

export const columns = Object.keys(zGiven.shape) as (keyof Given)[]
export const neededColumns = ['id', 'account', 'service', 'start', 'amount'] as const

export const zImport = z.strictObject({ rows: z.array(zGiven).min(1).max(limits.rows) })

/** Why a row was not taken; `row` counts from one, of a file its headings are the first. */
export type Fault = Readonly<{
  row: number
  id: string
  code: string
  message: string
  details: Record<string, string | number>
}>

export type ImportResult = Readonly<{
  imported: number
  /** Had been imported before, the same. */
  known: number
  faulty: number
  faults: readonly Fault[]
}>

export const recordsPerPage = 50

const zDay = z.iso.date().transform((day) => day as CivilDate)

export const zUsageQuery = z.strictObject({
  /** First day of a billing cycle; the current one unless said. */
  cycle: zDay.nullable().default(null),
  account: z.number().int().positive().nullable().default(null),
  service: z.number().int().positive().nullable().default(null),
  page: z.number().int().min(0).max(10_000).default(0),
})
export type UsageQuery = z.infer<typeof zUsageQuery>

/** Amounts are decimals of the customer's currency; quantities as their unit counts. */
export type Counted = Readonly<{ records: number; quantity: number; amount: string }>

export type ServiceName = Readonly<{ service: number; name: string; unit: Unit }>
export type UsageTotal = ServiceName &
  Counted & { account: number; accountId: string; accountName: string }
export type UsageDay = Readonly<{ day: CivilDate; service: number }> & Counted
export type UsageRecord = ServiceName &
  Readonly<{
    id: string
    account: number
    accountId: string
    accountName: string
    at: string
    destination: string
    quantity: number
    amount: string
  }>

export type UsagePage = Readonly<{
  currency: string
  timeZone: string
  today: CivilDate
  /** Half-open; `open` while it is not billed. */
  cycle: { from: CivilDate; until: CivilDate; open: boolean }
  /** First days of cycles that can be looked at, newest first. */
  cycles: readonly CivilDate[]
  /** Of the whole cycle, by service and line. */
  totals: readonly UsageTotal[]
  /** As filtered. */
  days: readonly UsageDay[]
  records: readonly UsageRecord[]
  total: number
}>

type Address = Record<string, string | string[] | undefined>

/** What a page's address asks for; what can't be read is not asked for. */
export function usageQueryOf(address: Address): UsageQuery {
  const number = (name: string) => {
    const n = Number(address[name])
    return Number.isSafeInteger(n) && n > 0 ? n : null
  }
  const cycle = zDay.safeParse(address.cycle)
  return {
    cycle: cycle.success ? cycle.data : null,
    account: number('line'),
    service: number('service'),
    page: Math.min((number('page') ?? 1) - 1, 10_000),
  }
}

/** The other way round: nothing where all of it is as it is at first. */
export const usageAddressOf = ({ cycle, account, service, page }: UsageQuery): string =>
  new URLSearchParams(
    Object.entries({
      cycle: cycle ?? '',
      line: String(account ?? ''),
      service: String(service ?? ''),
      page: page > 0 ? String(page + 1) : '',
    }).filter(([, value]) => value !== ''),
  ).toString()
