import { applyDueBlocks } from '#server/accounts/service.block-plans.ts'
import type { DailyJob } from '#server/clock/service.travel.ts'

/**
 * The work of a day of an environment, in this order. It is also done on schedules of its own; a
 * sandbox whose clock is moved does it on each day of the way. Each of these may be late, run twice,
 * and run on several workers at once.
 */
export const dailyJobs: readonly DailyJob[] = [{ name: 'planned blocks', run: applyDueBlocks }]
