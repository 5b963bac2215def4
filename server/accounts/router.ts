import {
  zActivate,
  zCustomerAccounts,
  zReject,
  zWaitingQuery,
} from '#server/accounts/schema.admin.ts'
import {
  zBlock,
  zBlockAgain,
  zBlockAgainFor,
  zBlockFor,
  zBlockMonth,
  zBlockPreview,
  zBlockPreviewFor,
  zBlocksOf,
  zBlocksOfFor,
  zCancelBlocks,
  zCancelBlocksFor,
  zUnblock,
  zUnblockFor,
} from '#server/accounts/schema.blocks.ts'
import { zMoveNumbers } from '#server/accounts/schema.numbers.ts'
import { zAddSim, zRenameSim, zSimQuery } from '#server/accounts/schema.sims.ts'
import { zAccountsProduct, zEndAccounts, zRestoreAccounts } from '#server/accounts/schema.ts'
import * as approvals from '#server/accounts/service.approvals.ts'
import * as views from '#server/accounts/service.block-views.ts'
import * as blocks from '#server/accounts/service.blocks.ts'
import * as directory from '#server/accounts/service.directory.ts'
import * as numbers from '#server/accounts/service.numbers.ts'
import * as products from '#server/accounts/service.products.ts'
import * as sims from '#server/accounts/service.sims.ts'
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
  againFor: procedure('accounts:block_any')
    .input(zBlockAgainFor)
    .mutation(work(blocks.blockAgainFor)),
  // Questions, as long as a selection is: too long for an address.
  preview: procedure('blocks:read').input(zBlockPreview).mutation(work(views.previewBlock)),
  previewFor: procedure('accounts:block_any')
    .input(zBlockPreviewFor)
    .mutation(work(views.previewBlockFor)),
  of: procedure('blocks:read').input(zBlocksOf).query(work(views.blocksOf)),
  ofFor: procedure('accounts:block_any').input(zBlocksOfFor).query(work(views.blocksOfFor)),
  month: procedure('blocks:read').input(zBlockMonth).query(work(views.blockMonth)),
})

export const accountsRouter = router({
  blocks: blocksRouter,
  mine: procedure('account:read').query(work(accounts.mine)),
  moveNumbers: procedure('numbers:write').input(zMoveNumbers).mutation(work(numbers.moveNumbers)),
  changeProduct: procedure('accounts:write')
    .input(zAccountsProduct)
    .mutation(work(products.changeProductOfMine)),
  addAddon: procedure('accounts:write')
    .input(zAccountsProduct)
    .mutation(work(products.addAddonToMine)),
  removeAddon: procedure('accounts:write')
    .input(zAccountsProduct)
    .mutation(work(products.removeAddonFromMine)),
  ofCustomer: procedure('customers:read')
    .input(zCustomerAccounts)
    .query(work(directory.ofCustomer)),
  waiting: procedure('approvals:read').input(zWaitingQuery).query(work(directory.waiting)),
  countWaiting: procedure('approvals:read').query(work(directory.countWaiting)),
  activate: procedure('approvals:write').input(zActivate).mutation(work(approvals.activate)),
  reject: procedure('approvals:write').input(zReject).mutation(work(approvals.reject)),
  sims: procedure('sims:read').input(zSimQuery).query(work(sims.sims)),
  addSim: procedure('sims:write').input(zAddSim).mutation(work(sims.addSim)),
  removeSims: procedure('sims:write').input(zEndAccounts).mutation(work(sims.removeSims)),
  restoreSims: procedure('sims:write').input(zRestoreAccounts).mutation(work(sims.restoreSims)),
  renameSim: procedure('sims:write').input(zRenameSim).mutation(work(sims.renameSim)),
})
