import { applyDueBlocks } from '#server/accounts/service.block-plans.ts'
import { collectDue, recoverPayments } from '#server/billing/service.collect.ts'
import { remind } from '#server/billing/service.dunning.ts'
import { mailInvoices } from '#server/billing/service.mails.ts'
import { runDue } from '#server/billing/service.run.ts'
import type { DailyJob } from '#server/clock/service.travel.ts'
import type { Outside } from '#server/runtime/outside.ts'

/**
 * The work of a day of an environment, in this order. It is also done on schedules of its own; a
 * sandbox whose clock is moved does it on each day of the way. Each of these may be late, run twice,
 * and run on several workers at once.
 */
export const dailyJobs = (outside: Outside): readonly DailyJob[] => [
  { name: 'planned blocks', run: applyDueBlocks },
  { name: 'billing run', run: (edge) => runDue(edge, { publicUrl: outside.publicUrl }) },
  { name: 'invoice mails', run: (edge) => mailInvoices(edge, outside.publicUrl) },
  { name: 'collection', run: (edge) => collectDue(edge, outside) },
  { name: 'reminders', run: (edge) => remind(edge, outside.publicUrl) },
  { name: 'payment recovery', run: (edge) => recoverPayments(edge, outside) },
]
