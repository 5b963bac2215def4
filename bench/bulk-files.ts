import type pg from 'pg'

const product = 'Cloud PBX line'

/** A company with room for everybody and a number for each. */
export async function company(client: pg.Client, id: number, rows: number): Promise<void> {
  await client.query(
    `insert into customers select (jsonb_populate_record(c, jsonb_build_object('id', $1::int, 'name', 'Bench ' || $1))).*
       from customers c where id = 46170`,
    [id],
  )
  await client.query(
    `with stream as (insert into event_streams (i_env, entity, entity_id, seq) values (1, 'customer', $1::int::text, 1))
     insert into events (i_env, entity, entity_id, seq, type, payload, i_customer, actor, request_id, at)
     values (1, 'customer', $1::int::text, 1, 'customer.created', '{}', $1, 'Bench', 'bench', now())`,
    [id],
  )
  await client.query(
    `insert into agreement_items select 1, $1, id, null, 0 from products where name = $2`,
    [id, product],
  )
  await client.query(
    `insert into numbers (i_env, number, country, region, city, pool, i_customer)
     select 1, (100000000000 + ($1::bigint - 70000) * 100000 + n)::text, 'US', 'CA', 'Modesto', 'bench', $1
       from generate_series(1, $2::int) n`,
    [id, rows],
  )
}

/** As many extensions, each with a number of the company's. */
export const fileOf = (id: number, rows: number): Buffer =>
  Buffer.from(
    `Extension number,Name,DID numbers,Published,Email for notifications,Timezone,Product,Huntgroup\n${Array.from(
      { length: rows },
      (_, i) =>
        `${10_000 + i},Person number ${i},${100_000_000_000 + (id - 70_000) * 100_000 + i + 1},Y,person${i}@bench.example,America/New_York,${product},\n`,
    ).join('')}`,
  )
