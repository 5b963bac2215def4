import { z } from 'zod'

export const zLatest = z.strictObject({ limit: z.number().int().min(1).max(50).default(10) })

/** Something that happened, for "what happened" on a home page. */
export type Happening = {
  id: number
  type: string
  entity: string
  entityId: string
  payload: Record<string, unknown>
  actor: string
  at: string
}
