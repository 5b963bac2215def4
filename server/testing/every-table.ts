import { randomUUID } from 'node:crypto'
import pg from 'pg'

/** Somebody who has a row in every table. */
export type Owner = Readonly<{
  env: number
  customer: number
  account: number
  user: number
  /** What tokens of this owner hash to. */
  door: string
  draft: string
  parent?: number
}>

type Column = { table: string; name: string; type: string; nullable: boolean }

const columnsOf = async (client: pg.Client): Promise<Column[]> =>
  (
    await client.query<Column>(
      `select c.table_name as table, c.column_name as name, c.udt_name as type,
              c.is_nullable = 'YES' as nullable
         from information_schema.columns c
         join information_schema.tables t using (table_schema, table_name)
        where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.is_generated = 'NEVER' and exists (
          select 1 from information_schema.columns e
           where e.table_schema = 'public' and e.table_name = c.table_name and e.column_name = 'i_env')
        order by c.table_name, c.ordinal_position`,
    )
  ).rows

/** Tables that have an environment, with what stands in them, as JSON. */
export async function everyRow(adminUrl: string): Promise<Map<string, Record<string, unknown>[]>> {
  return inside(adminUrl, async (client) => {
    const tables = new Set((await columnsOf(client)).map((column) => column.table))
    const rows = new Map<string, Record<string, unknown>[]>()
    for (const table of tables) {
      const found = await client.query<{ row: Record<string, unknown> }>(
        `select to_jsonb(t) as row from ${table} t`,
      )
      rows.set(
        table,
        found.rows.map(({ row }) => row),
      )
    }
    return rows
  })
}

/**
 * Gives each owner a row in every table there is, with keys and checks off: who may see a row is
 * asked of tables that nobody thought of, too. The database is good for nothing else afterwards.
 */
export async function fillEveryTable(adminUrl: string, owners: readonly Owner[]): Promise<void> {
  await inside(adminUrl, async (client) => {
    await client.query('set session_replication_role = replica')
    await client.query(
      `do $$ declare c record; begin
         for c in select conrelid::regclass as t, conname from pg_constraint
                   where (contype = 'c' or condeferrable) and connamespace = 'public'::regnamespace
         loop execute format('alter table %s drop constraint %I', c.t, c.conname); end loop;
       end $$`,
    )
    const byTable = Map.groupBy(await columnsOf(client), (column) => column.table)
    for (const [table, columns] of byTable) {
      for (const owner of owners) {
        const names = columns.map((column) => `"${column.name}"`).join(', ')
        const places = columns.map((_, i) => `$${i + 1}`).join(', ')
        await client.query(
          `insert into ${table} (${names}) overriding system value values (${places}) on conflict do nothing`,
          columns.map((column) => valueFor(column, owner)),
        )
      }
    }
  })
}

async function inside<T>(adminUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

let count = 5_000_000

function valueFor({ table, name, type, nullable }: Column, owner: Owner): unknown {
  const key = name === 'id' ? `${table}.id` : name
  const owned: Record<string, unknown> = {
    i_env: owner.env,
    i_customer: owner.customer,
    'customers.id': owner.customer,
    i_account: owner.account,
    'accounts.id': owner.account,
    i_user: owner.user,
    'users.id': owner.user,
    i_parent: owner.parent ?? null,
    token_hash: owner.door,
    i_draft: owner.draft,
    'signup_drafts.id': owner.draft,
    caller: `user:${owner.user}`,
  }
  if (key in owned) return owned[key]
  if (nullable) return null

  count++
  const plain: Record<string, unknown> = {
    int2: 1,
    int4: count,
    int8: count,
    numeric: 1,
    bool: false,
    timestamptz: new Date(0),
    date: '1970-01-01',
    daterange: 'empty',
    jsonb: '{}',
    uuid: randomUUID(),
    _text: [],
    _int2: [],
    _int4: [],
    text: `row ${count}`,
    citext: `row ${count}`,
  }
  if (!(type in plain)) throw new Error(`${table}.${name}: nothing to put into a ${type}`)
  return plain[type]
}
