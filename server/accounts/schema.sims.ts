import { z } from 'zod'
import type { AccountStatus } from '#server/accounts/schema.ts'
import { bareDigits, hasIccidForm, isIccid, isImsi } from '#server/kernel/sim.ts'
import { oneLine } from '#server/kernel/text.ts'

/** Both as they are printed: groups and spaces are taken out. */
const zIccid = z
  .string()
  .max(40)
  .transform(bareDigits)
  .refine(hasIccidForm, { error: 'iccid', params: { code: 'iccid' }, abort: true })
  .refine(isIccid, { error: 'iccid_check', params: { code: 'iccid_check' } })

const zImsi = z
  .string()
  .max(40)
  .transform(bareDigits)
  .refine(isImsi, { error: 'imsi', params: { code: 'imsi' } })

export const zAddSim = z.strictObject({
  iccid: zIccid,
  imsi: zImsi,
  name: z.string().overwrite(oneLine).max(100).default(''),
  product: z.number().int().positive(),
  /** One a press of the button: pressing twice adds one. */
  key: z.uuid(),
})
export type AddSim = z.infer<typeof zAddSim>

/** What a SIM card is to its customer: `rejected` is one that never began. */
export const simStates = ['active', 'waiting', 'blocked', 'rejected'] as const
export type SimState = (typeof simStates)[number]

export const simOrders = ['iccid', 'name', 'added'] as const

export const zSimQuery = z.strictObject({
  /** ICCID, IMSI or name. */
  search: z.string().trim().max(100).default(''),
  state: z.enum(['all', ...simStates]).default('all'),
  sort: z.enum(simOrders).default('added'),
  descending: z.boolean().default(true),
  page: z.number().int().min(0).max(10_000).default(0),
})
export type SimQuery = z.infer<typeof zSimQuery>

export const simsPerPage = 50

export type SimRow = {
  account: number
  /** Its account id, too. */
  iccid: string
  imsi: string | null
  name: string
  product: string
  status: AccountStatus
  blockedBy: 'customer' | 'admin' | null
  state: SimState
  /** Why an administrator didn't let it begin. */
  rejection: string | null
  added: string
}

/** `total` is what the query finds; `counts` says how many there are in each state. */
export type SimList = { rows: SimRow[]; total: number; counts: Record<SimState, number> }

export const zRenameSim = z.strictObject({
  account: z.number().int().positive(),
  name: z.string().overwrite(oneLine).max(100),
})
export type RenameSim = z.infer<typeof zRenameSim>
