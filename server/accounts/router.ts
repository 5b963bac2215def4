import {
  zBlock,
  zBlockAgain,
  zBlockFor,
  zCancelBlocks,
  zCancelBlocksFor,
  zUnblock,
  zUnblockFor,
} from '#server/accounts/schema.blocks.ts'
import { zAccountsProduct, zActivity, zNumberQuery } from '#server/accounts/schema.ts'
import * as blocks from '#server/accounts/service.blocks.ts'
import * as products from '#server/accounts/service.products.ts'
import * as accounts from '#server/accounts/service.ts'
import { procedure, router, work } from '#server/trpc/init.ts'

const blocksRouter = router({
  block: procedure('accounts:block').input(zBlock).mutation(work(blocks.block)),
  unblock: procedure('accounts:block').input(zUnblock).mutation(work(blocks.unblock)),
  cancel: procedure('accounts:block').input(zCancelBlocks).mutation(work(blocks.cancelBlocks)),
  again: procedure('accounts:block').input(zBlockAgain).mutation(work(blocks.blockAgain)),
  blockFor: procedure('accounts:block_any').input(zBlockFor).mutation(work(blocks.blockFor)),
  unblockFor: procedure('accounts:block_any').input(zUnblockFor).mutation(work(blocks.unblockFor)),
  cancelFor: procedure('accounts:block_any')
    .input(zCancelBlocksFor)
    .mutation(work(blocks.cancelBlocksFor)),
})

export const accountsRouter = router({
  blocks: blocksRouter,
  mine: procedure('account:read').query(work(accounts.mine)),
  numbers: procedure('numbers:read').input(zNumberQuery).query(work(accounts.numbersOfMine)),
  activity: procedure('customer:read').input(zActivity).query(work(accounts.activity)),
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
