import { zNumberQuery } from '#server/accounts/schema.ts'
import * as accounts from '#server/accounts/service.ts'
import { procedure, router, work } from '#server/trpc/init.ts'

export const accountsRouter = router({
  mine: procedure('account:read').query(work(accounts.mine)),
  numbers: procedure('numbers:read').input(zNumberQuery).query(work(accounts.numbersOfMine)),
})
