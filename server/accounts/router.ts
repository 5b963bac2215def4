import { zAccountsProduct, zNumberQuery } from '#server/accounts/schema.ts'
import * as products from '#server/accounts/service.products.ts'
import * as accounts from '#server/accounts/service.ts'
import { procedure, router, work } from '#server/trpc/init.ts'

export const accountsRouter = router({
  mine: procedure('account:read').query(work(accounts.mine)),
  numbers: procedure('numbers:read').input(zNumberQuery).query(work(accounts.numbersOfMine)),
  changeProduct: procedure('accounts:write')
    .input(zAccountsProduct)
    .mutation(work(products.changeProductOfMine)),
  addAddon: procedure('accounts:write')
    .input(zAccountsProduct)
    .mutation(work(products.addAddonToMine)),
  removeAddon: procedure('accounts:write')
    .input(zAccountsProduct)
    .mutation(work(products.removeAddonFromMine)),
})
