import type { AgreementItem, NewSubscription } from '#server/agreements/schema.ts'
import type { Fact } from '#server/events/service.ts'
import type { AccountId, CustomerId, ProductId } from '#server/kernel/ids.ts'

export const agreementChanged = (customer: CustomerId, items: readonly AgreementItem[]): Fact => ({
  type: 'agreement.changed',
  entity: 'customer',
  entityId: customer,
  customer,
  payload: { items },
})

type Item = Readonly<{ product: ProductId; name: string; quantity: number | null; used: number }>

export const itemSet = (customer: CustomerId, item: Item): Fact => ({
  type: 'agreement.item_set',
  entity: 'customer',
  entityId: customer,
  customer,
  payload: item,
})

export const itemRemoved = (customer: CustomerId, item: Pick<Item, 'product' | 'name'>): Fact => ({
  type: 'agreement.item_removed',
  entity: 'customer',
  entityId: customer,
  customer,
  payload: item,
})

/** On the account's stream where an account has it: a company's own would make its lines wait. */
export const subscribed = ({ customer, account, name }: NewSubscription, id: number): Fact => ({
  type: 'subscription.started',
  entity: account ? 'account' : 'customer',
  entityId: account ?? customer,
  customer,
  payload: { id, subscription: name },
})

type Ended = { id: number; account: AccountId | null; customer: CustomerId; name: string }

const ofHolder =
  (type: string) =>
  ({ id, account, customer, name }: Ended): Fact => ({
    type,
    entity: account ? 'account' : 'customer',
    entityId: account ?? customer,
    customer,
    payload: { id, subscription: name },
  })

export const unsubscribed = ofHolder('subscription.ended')
export const resumed = ofHolder('subscription.resumed')
