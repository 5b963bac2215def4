import type { ProductId } from '#server/kernel/ids.ts'
import type { TestDatabase } from '#server/testing/database.ts'

/** A product of the demo data by its name. */
export async function productId(it: TestDatabase, name: string): Promise<ProductId> {
  const [row] = await it.sql<{ id: number }>('select id from products where name = $1', [name])
  if (!row) throw new Error(`There is no product called ${name}.`)
  return row.id as ProductId
}
