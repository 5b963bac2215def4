import type { Fact } from '#server/events/service.ts'
import type { ProductId } from '#server/kernel/ids.ts'

const fact =
  (type: string) =>
  (product: ProductId, payload: Record<string, unknown>): Fact => ({
    type,
    entity: 'product',
    entityId: product,
    customer: null,
    payload,
  })

export const productAdded = fact('product.added')
export const productChanged = fact('product.changed')
export const productArchived = fact('product.archived')
export const productSoldAgain = fact('product.sold_again')
