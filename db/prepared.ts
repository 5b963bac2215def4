import { getTableColumns, getTableName } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import type pg from 'pg'
import type { Db } from '#db/client.ts'

/** SQL that is parsed and planned once a connection, by its name. */
export type HotStatement = Readonly<{ name: string; text: string }>

/** A statement and what it is about, not sent yet. */
export type Bound = HotStatement & Readonly<{ values: unknown[] }>

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

export const run = <Row extends pg.QueryResultRow>(db: Db, bound: Bound): Promise<Row[]> =>
  hot(db, bound, bound.values)

/**
 * An INSERT of one row, its text written once: Drizzle would write it anew each time. What a row leaves
 * out of `keys` is null, other columns have their defaults.
 *
 * @param returning as it stands in SQL
 */
export function insertOf<T extends PgTable, K extends keyof T['$inferInsert'] & string>(
  table: T,
  keys: readonly K[],
  returning?: string,
): (row: Pick<T['$inferInsert'], K>) => Bound {
  const columns = getTableColumns(table)
  const into = keys.map((key) => columns[key]!)
  const name = `insert_${getTableName(table)}`
  const text = `
    insert into ${getTableName(table)} (${into.map((column) => column.name).join(', ')})
    values (${into.map((_, i) => `$${i + 1}`).join(', ')})${returning ? ` returning ${returning}` : ''}`
  const written = (row: Pick<T['$inferInsert'], K>) => (key: K) =>
    row[key] == null ? null : columns[key]!.mapToDriverValue(row[key])
  return (row) => ({ name, text, values: keys.map(written(row)) })
}

/** From here on a text counts as frequent; one-off texts (a bulk insert of 731 rows) never get there. */
const oftenAfter = 8
/** So many on a connection at most: each costs its backend memory. */
const mostNamed = 300
const mostCounted = 3_000
const longest = 6_000

const seen = new Map<string, number>()
const names = new Map<string, string>()

/**
 * A name for a text that is sent again and again, so that it is parsed and planned once a connection;
 * undefined for others. The same in all connections of the process.
 */
export function nameIfOften(text: string): string | undefined {
  const known = names.get(text)
  if (known || names.size >= mostNamed || text.length > longest) return known

  const times = (seen.get(text) ?? 0) + 1
  if (times < oftenAfter) {
    if (seen.size >= mostCounted) seen.clear()
    seen.set(text, times)
    return undefined
  }
  seen.delete(text)
  const name = `often_${names.size + 1}`
  names.set(text, name)
  return name
}
