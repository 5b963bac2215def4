import type pg from 'pg'
import type { Db } from '#db/client.ts'

/** SQL that is parsed and planned once a connection, by its name. */
export type HotStatement = Readonly<{ name: string; text: string }>

/**
 * Runs a statement so frequent that building and planning it anew would cost more than running it.
 * Values go where `$1`, `$2` … stand, never into the text.
 */
export async function hot<Row extends pg.QueryResultRow>(
  db: Db,
  { name, text }: HotStatement,
  values: unknown[],
): Promise<Row[]> {
  const { rows } = await db.$client.query<Row>({ name, text, values })
  return rows
}
