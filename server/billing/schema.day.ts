import { z } from 'zod'
import type { CivilDate } from '#server/kernel/civil.ts'

export type BillingDayOf = Readonly<{ customer: number }>

export const zSetBillingDay = z.strictObject({
  customer: z.number().int().positive(),
  /** 29 to 31 are the last of shorter months. */
  day: z.number().int().min(1).max(31),
})
export type SetBillingDay = z.infer<typeof zSetBillingDay>

export type BillingDayView = {
  /** Of the month. */
  day: number
  /** The next invoice's. */
  next: CivilDate
  /** Something was charged by it: it stays. */
  charged: boolean
}
