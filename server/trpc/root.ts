import { accountsRouter } from '#server/accounts/router.ts'
import { activityRouter } from '#server/activity/router.ts'
import { agreementsRouter } from '#server/agreements/router.ts'
import { authRouter } from '#server/auth/router.ts'
import { taxesRouter } from '#server/billing/router.tax.ts'
import { billingRouter } from '#server/billing/router.ts'
import { bulkRouter } from '#server/bulk/router.ts'
import { catalogRouter } from '#server/catalog/router.ts'
import { clockRouter } from '#server/clock/router.ts'
import { customersRouter } from '#server/customers/router.ts'
import { devicesRouter } from '#server/devices/router.ts'
import { eventsRouter } from '#server/events/router.ts'
import { numbersRouter } from '#server/numbers/router.ts'
import { pbxRouter } from '#server/pbx/router.ts'
import { peopleRouter } from '#server/people/router.ts'
import { promosRouter } from '#server/signup/router.promos.ts'
import { signupRouter } from '#server/signup/router.ts'
import { router } from '#server/trpc/init.ts'
import { usageRouter } from '#server/usage/router.ts'

/** Every procedure that pages can call, by domain. */
export const appRouter = router({
  accounts: accountsRouter,
  activity: activityRouter,
  agreements: agreementsRouter,
  auth: authRouter,
  billing: billingRouter,
  bulk: bulkRouter,
  catalog: catalogRouter,
  clock: clockRouter,
  customers: customersRouter,
  devices: devicesRouter,
  events: eventsRouter,
  numbers: numbersRouter,
  pbx: pbxRouter,
  people: peopleRouter,
  promos: promosRouter,
  signup: signupRouter,
  usage: usageRouter,
  taxes: taxesRouter,
})

export type AppRouter = typeof appRouter
