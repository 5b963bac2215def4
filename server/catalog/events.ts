import type { Fact } from '#server/events/service.ts'
import type { ProductId, SubscriptionId } from '#server/kernel/ids.ts'

const factOf =
  <Id extends number>(entity: string) =>
  (type: string) =>
  (id: Id, payload: Record<string, unknown>): Fact => ({
    type,
    entity,
    entityId: id,
    customer: null,
    payload,
  })

const fact = factOf<ProductId>('product')

export const productAdded = fact('product.added')
export const productChanged = fact('product.changed')
export const productArchived = fact('product.archived')
export const productSoldAgain = fact('product.sold_again')

const ofPackage = factOf<SubscriptionId>('subscription')

export const packageAdded = ofPackage('package.added')
export const packageChanged = ofPackage('package.changed')
export const packageArchived = ofPackage('package.archived')
export const packageSoldAgain = ofPackage('package.sold_again')
