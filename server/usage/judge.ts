import {
  addDays,
  type CivilDate,
  dayIn,
  everyMonth,
  periodContaining,
} from '#server/kernel/civil.ts'
import type { AccountId, CustomerId, Instant } from '#server/kernel/ids.ts'
import type { Money } from '#server/kernel/money.ts'
import * as faults from '#server/usage/errors.ts'
import type { Read } from '#server/usage/read.ts'
import { unitOf } from '#server/usage/schema.ts'

/** An account that goes, or went, by a name, and how its customer is billed. */
export type Place = Readonly<{
  account: AccountId
  customer: CustomerId
  createdAt: Date
  terminatedAt: Date | null
  currency: string
  timeZone: string
  anchor: CivilDate
  nextInvoiceOn: CivilDate
}>

export type Service = Readonly<{ id: number; code: string; name: string }>

/** A record as it is kept. */
export type Entry = Readonly<{
  id: string
  account: AccountId
  customer: CustomerId
  service: number
  startedAt: Date
  day: CivilDate
  periodFrom: CivilDate
  quantity: number
  amount: Money
  currency: string
  destination: string
}>

/** Where days end and clocks change, they do so at a quarter of an hour: looked up once for each. */
const quarter = 900_000
const days = new Map<string, CivilDate>()
const cycles = new Map<string, CivilDate>()
const mostKept = 100_000

function kept(map: Map<string, CivilDate>, key: string, make: () => CivilDate): CivilDate {
  const known = map.get(key)
  if (known) return known
  if (map.size >= mostKept) map.clear()
  const made = make()
  map.set(key, made)
  return made
}

export const dayOf = (zone: string, at: Date): CivilDate =>
  kept(days, `${zone} ${Math.floor(at.getTime() / quarter)}`, () => dayIn(zone, at))

/** The first day of the billing cycle a day is in. */
export const cycleOf = (anchor: CivilDate, day: CivilDate): CivilDate =>
  kept(cycles, `${anchor} ${day}`, () => periodContaining(anchor, everyMonth, day).from)

/** The first day that is not billed yet: the next invoice's cycle begins on it. */
export const openFrom = ({ anchor, nextInvoiceOn }: Pick<Place, 'anchor' | 'nextInvoiceOn'>) =>
  cycleOf(anchor, addDays(nextInvoiceOn, -1))

/** Whose it was then; the one alive, for what is older than all of them. */
export function whose(places: readonly Place[], at: Date): Place | undefined {
  const ended = ({ terminatedAt }: Place) => terminatedAt !== null && terminatedAt <= at
  return (
    places.find((place) => place.createdAt <= at && !ended(place)) ??
    places.find((place) => !ended(place))
  )
}

/**
 * What a record counts for. Throws what is wrong with it.
 *
 * @throws `usage.service_unknown`, `usage.unit_wrong`, `usage.quantity_malformed`,
 *   `usage.account_unknown`, `usage.currency_wrong`, `usage.in_future`
 */
export function entryOf(
  read: Read,
  service: Service | undefined,
  places: readonly Place[],
  now: Instant,
): Entry & { place: Place } {
  if (!service) throw faults.serviceUnknown(read.service)
  const place = whose(places, read.startedAt)
  if (!place) throw faults.accountUnknown(read.account)
  const quantity = quantityOf(read, service)
  if (read.currency !== '' && read.currency !== place.currency) {
    throw faults.currencyWrong(read.currency, place.currency)
  }
  if (read.startedAt > now) throw faults.inFuture()

  const day = dayOf(place.timeZone, read.startedAt)
  return {
    id: read.id,
    account: place.account,
    customer: place.customer,
    service: service.id,
    startedAt: read.startedAt,
    day,
    periodFrom: cycleOf(place.anchor, day),
    quantity,
    amount: read.amount,
    currency: place.currency,
    destination: read.destination,
    place,
  }
}

function quantityOf({ duration, volume }: Read, { code, name }: Service): number {
  const unit = unitOf(code)
  const [counted, other] = unit === 'seconds' ? [duration, volume] : [volume, duration]
  if (other !== '' && Number(other) !== 0) throw faults.unitWrong(name, unit)
  // Beyond 15 digits a number is no longer exact.
  if (!/^\d{1,15}$/.test(counted)) throw faults.quantityMalformed(unit)
  return Number(counted)
}
