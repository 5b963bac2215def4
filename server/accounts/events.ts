import type { Placer } from '#server/accounts/schema.blocks.ts'
import type { AccountStatus, NewAccount } from '#server/accounts/schema.ts'
import type { Fact } from '#server/events/service.ts'
import type { AccountId, CustomerId } from '#server/kernel/ids.ts'

const fact =
  (type: string) =>
  (customer: CustomerId, account: AccountId, payload: Record<string, unknown>): Fact => ({
    type,
    entity: 'account',
    entityId: account,
    customer,
    payload,
  })

export const accountCreated = (
  account: AccountId,
  made: NewAccount,
  product: string,
  status: AccountStatus,
) =>
  fact('account.created')(made.customer, account, {
    id: made.accountId,
    kind: made.kind,
    name: made.name,
    product,
    status,
  })

export const aliasAdded = (customer: CustomerId, account: AccountId, id: string, alias: string) =>
  fact('account.alias_added')(customer, account, { id, alias })

export const aliasRemoved = (customer: CustomerId, account: AccountId, id: string, alias: string) =>
  fact('account.alias_removed')(customer, account, { id, alias })

/** Name, e-mail address or time zone; `changed` holds what is true now. */
export const accountChanged = (
  customer: CustomerId,
  account: AccountId,
  id: string,
  changed: Record<string, unknown>,
) => fact('account.changed')(customer, account, { id, ...changed })

export const productChanged = (
  customer: CustomerId,
  account: AccountId,
  change: { id: string; from: string; to: string },
) => fact('account.product_changed')(customer, account, change)

export const addonAdded = (
  customer: CustomerId,
  account: AccountId,
  added: { id: string; product: string },
) => fact('account.addon_added')(customer, account, added)

export const addonRemoved = (
  customer: CustomerId,
  account: AccountId,
  removed: { id: string; product: string },
) => fact('account.addon_removed')(customer, account, removed)

export const accountTerminated = (
  customer: CustomerId,
  account: AccountId,
  ended: { id: string; name: string; reason?: string },
) => fact('account.terminated')(customer, account, ended)

export const accountRestored = (
  customer: CustomerId,
  account: AccountId,
  restored: { id: string; name: string; status: AccountStatus },
) => fact('account.restored')(customer, account, restored)

type Blocked = Readonly<{ id: string; by: Placer; reason: string; until: Date | null }>

export const accountBlocked = (customer: CustomerId, account: AccountId, made: Blocked) =>
  fact('account.blocked')(customer, account, made)

export const accountUnblocked = (customer: CustomerId, account: AccountId, id: string) =>
  fact('account.unblocked')(customer, account, { id })

type Plan = Blocked & Readonly<{ from: Date }>

export const blockPlanned = (customer: CustomerId, account: AccountId, plan: Plan) =>
  fact('account.block_planned')(customer, account, plan)

/** Another end, or another reason, of a block in force. */
export const blockChanged = (customer: CustomerId, account: AccountId, made: Plan) =>
  fact('account.block_changed')(customer, account, made)

export const blockCancelled = (customer: CustomerId, account: AccountId, plan: Plan) =>
  fact('account.block_cancelled')(customer, account, plan)
export const accountActivated = fact('account.activated')
