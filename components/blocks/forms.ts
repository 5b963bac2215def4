import { z } from 'zod'
import { addDays, type CivilDate } from '#server/kernel/civil.ts'

/** Date boxes hold '' until a day is picked. */
const zDayBox = z
  .union([z.literal(''), z.iso.date()])
  .transform((day) => (day === '' ? undefined : (day as CivilDate)))

/** People name the last day blocked; the server the first one that isn't. */
export const zBlockForm = z
  .strictObject({ from: zDayBox, to: zDayBox, reason: z.string().trim().max(200) })
  .transform(({ to, ...rest }) => ({ ...rest, until: to && addDays(to, 1) }))
export type BlockValues = z.output<typeof zBlockForm>

export const zUnblockForm = z.strictObject({ on: zDayBox })
