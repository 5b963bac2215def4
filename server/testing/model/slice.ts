import pg from 'pg'
import { blocks } from '#db/verify/blocks.ts'
import { bulk } from '#db/verify/bulk.ts'
import { history } from '#db/verify/history.ts'
import { lines } from '#db/verify/lines.ts'
import { pbx } from '#db/verify/pbx.ts'
import { sims } from '#db/verify/sims.ts'
import type { Violation } from '#db/verify.ts'
import type { TestDatabase } from '#server/testing/database.ts'

/** What a company's own acts can break; the rest is checked once, over everything, at the end. */
const promises = [...lines, ...blocks, ...bulk, ...sims, ...pbx, ...history]

export type Slice = Readonly<{
  /** The house's promises, asked of one company's rows. */
  broken(customer: number): Promise<Violation[]>
  close(): Promise<void>
}>

/**
 * Lets the invariants be asked of one company: views of the tables' names lie before the tables, so
 * that the same SQL sees its rows alone, however many there are by now.
 */
export async function openSlice(it: TestDatabase): Promise<Slice> {
  const tables = await it.sql<{ name: string }>(
    `select c.table_name as name from information_schema.columns c
       join information_schema.tables t using (table_schema, table_name)
      where c.table_schema = 'public' and c.column_name = 'i_customer' and t.table_type = 'BASE TABLE'`,
  )
  const one = "i_env = 1 and i_customer = current_setting('model.customer')::int"
  const views = tables.map(
    ({ name }) => `create view slice.${name} as select * from public.${name} where ${one}`,
  )
  await it.sql(`
    create schema slice;
    create index on public.events (i_env, i_customer);
    ${views.join(';')};
    create view slice.customers as
      select * from public.customers where i_env = 1 and id = current_setting('model.customer')::int;
    create view slice.event_streams as
      select * from public.event_streams
       where (i_env, entity, entity_id) in (select i_env, entity, entity_id from slice.events)`)

  const pool = new pg.Pool({
    connectionString: it.adminUrl,
    max: 8,
    options: '-c search_path=slice,public',
  })
  pool.on('error', () => {})
  return {
    async broken(customer) {
      const client = await pool.connect()
      try {
        await client.query("select set_config('model.customer', $1, false)", [String(customer)])
        const found: Violation[] = []
        for (const { name, sentence, find } of promises) {
          const { rows } = await client.query(find as string)
          if (rows.length > 0) found.push({ name, sentence, rows })
        }
        return found
      } finally {
        client.release()
      }
    },
    close: () => pool.end(),
  }
}
