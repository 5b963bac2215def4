import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'

type Row = Record<string, unknown>

/** Portico's database, past every wall: what a story claims is counted there, or made to happen. */
export type Books = Readonly<{
  rows: <T extends Row>(query: string, values?: readonly unknown[]) => Promise<T[]>
  /** Of a query that has one row. */
  row: <T extends Row>(query: string, values?: readonly unknown[]) => Promise<T>
  close: () => Promise<void>
}>

/** Of the Portico whose data folder it is, as its superuser. */
export async function openBooks(dataDir: string): Promise<Books> {
  const password = await readFile(join(dataDir, 'postgres.password'), 'utf8')
  // Lines: process, folder, start, port, folder of the socket.
  const [, , , port, socket] = (
    await readFile(join(dataDir, 'postgres/postmaster.pid'), 'utf8')
  ).split('\n')
  const client = new pg.Client({
    host: socket,
    port: Number(port),
    user: 'postgres',
    password,
    database: 'portico',
  })
  await client.connect()

  const rows = async <T extends Row>(query: string, values: readonly unknown[] = []) =>
    (await client.query<T>(query, [...values])).rows
  return {
    rows,
    async row<T extends Row>(query: string, values: readonly unknown[] = []) {
      const [row, ...others] = await rows<T>(query, values)
      if (!row || others.length > 0) throw new Error(`${others.length + 1} rows: ${query}`)
      return row
    },
    close: () => client.end(),
  }
}

export type Signups = Readonly<{
  customers: number
  completed: number
  captured: string
  authorized: number
  invoices: number
  accounts: number
}>

/** What has come of the signups with this e-mail address: made, taken, reserved. */
export const signupsOf = (books: Books, email: string): Promise<Signups> =>
  books.row<Signups>(
    `with mine as (select * from customers where email = $1),
          ordered as (select * from signup_orders where submitted->'address'->>'email' = $1),
          paid as (select p.* from payments p where p.id in (select i_payment from ordered))
     select (select count(*)::int from mine) as customers,
            (select count(*)::int from ordered where state = 'completed') as completed,
            (select coalesce(sum(amount), 0)::numeric(12, 2)::text
               from paid where state = 'captured') as captured,
            (select count(*)::int from paid
              where state in ('authorized', 'requires_action')) as authorized,
            (select count(*)::int from invoices where i_customer in (select id from mine)) as invoices,
            (select count(*)::int from accounts where i_customer in (select id from mine)) as accounts`,
    [email],
  )
