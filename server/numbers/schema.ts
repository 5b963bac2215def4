import { z } from 'zod'
import type { AccountId, CustomerId } from '#server/kernel/ids.ts'

/** E.164 digits without the plus, as the inventory stores it. */
export const zNumber = z.string().regex(/^[1-9][0-9]{6,14}$/)

/** A free number, and how easy it is to remember: 0 to 3. */
export type FreeNumber = { number: string; city: string; region: string; pleasant: number }

export type CityCount = { city: string; region: string; free: number }

/** Where to look: a pool, a city of it, and what people search by (`kernel/phone.ts`). */
export type NumberQuery = Readonly<{
  pool: string
  city?: string
  pattern?: string
  page: number
}>

/** A number kept for one draft. */
export type Hold = Readonly<{
  number: string
  city: string
  holdId: string
  until: Date
  extended: boolean
  /** By the database's clock; somebody else may take it now. */
  lapsed: boolean
}>

/** A held number, about to be its customer's. */
export type Confirmed = Readonly<{
  number: string
  holdId: string
  customer: CustomerId
  account: AccountId
}>

export type WantedNumber = Readonly<{
  number: string
  pool: string
  /** Whose hold it becomes. */
  draft: string
  ip: string
  /** Live holds an address may have; `maxHoldsPerIp` unless said. */
  maxPerIp?: number
}>

/** A number provided to a customer; `account` null is free to be given to one. */
export type ProvidedNumber = {
  number: string
  city: string
  region: string
  account: number | null
}

/** A number and the account it is put on. */
export type Assigned = Readonly<{ number: string; account: number }>

/** Numbers on a page of the picker. */
export const numbersPerPage = 12
/** A hold lasts this long, and once more as long when it is extended. */
export const holdMinutes = 15
/** Of addresses: a family or an office shares one, a robot with many drafts is stopped. */
export const maxHoldsPerIp = 10
