import { auditRows } from '#db/schema/audit.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

export const insert = (ctx: Ctx, row: Omit<typeof auditRows.$inferInsert, 'env'>) =>
  ctx.db.insert(auditRows).values({ ...row, env: ctx.env })

export const insertMany = (ctx: Ctx, rows: Omit<typeof auditRows.$inferInsert, 'env'>[]) =>
  ctx.db.insert(auditRows).values(rows.map((row) => ({ ...row, env: ctx.env })))
