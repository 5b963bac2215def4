import type { Invariant, Query } from '#db/verify.ts'
import { carriesCard } from '#server/kernel/card-guard.ts'

/** Hashes and random names of our own or the gateway's: digits in them are chance. */
const machineMade = /_hash$|_ref$|_sealed$|^fingerprint$|^proof$|^key$|^caller$/

/** What to look at more closely: digits enough for a card, with or without gaps. */
const longDigits = String.raw`[0-9]([ \u00a0\u2013-]{0,3}[0-9]){12}`

/** Card numbers in any column that holds text, the fields made for other digits excepted. */
async function findCards(query: Query) {
  const columns = await query(
    `select c.table_name as table, c.column_name as column, c.udt_name as type
       from information_schema.columns c
       join information_schema.tables t using (table_schema, table_name)
      where c.table_schema = 'public' and t.table_type = 'BASE TABLE'
        and c.udt_name in ('text', 'citext', 'json', 'jsonb', '_text')
      order by 1, 2`,
  )
  const found = []
  for (const { table, column, type } of columns) {
    if (machineMade.test(String(column))) continue
    const suspects = await query(
      `select ctid::text as row, "${column}"::text as text from ${table}
        where "${column}"::text ~ '${longDigits}'`,
    )
    for (const { row, text } of suspects) {
      const content: unknown = String(type).startsWith('json') ? JSON.parse(String(text)) : text
      // What was found isn't repeated: this is printed.
      if (carriesCard(content, String(column))) found.push({ table, column, row })
    }
  }
  return found
}

const keptAs: readonly (readonly [table: string, column: string, form: string])[] = [
  ['users', 'password_hash', '^[$]argon2id[$]'],
  ['sessions', 'token_hash', '^[0-9a-f]{64}$'],
  ['api_tokens', 'token_hash', '^[0-9a-f]{64}$'],
  ['one_time_tokens', 'token_hash', '^[0-9a-f]{64}$'],
  ['signup_drafts', 'token_hash', '^[0-9a-f]{64}$'],
  ['accounts', 'sip_password_sealed', '^v1[.][A-Za-z0-9_-]{38,}$'],
  ['signup_orders', 'credentials_sealed', '^v1[.][A-Za-z0-9_-]{38,}$'],
]

/** Secrets that are not in the form they are kept in: somebody wrote one as it is. */
const findPlainSecrets = (query: Query) =>
  query(
    keptAs
      .map(
        ([table, column, form]) =>
          `select '${table}' as table, '${column}' as column, ctid::text as row
             from ${table} where ${column} !~ '${form}'`,
      )
      .join(' union all '),
  )

/** Nothing that opens anything stands in the clear. */
export const secrets: readonly Invariant[] = [
  { name: 'I17', sentence: 'no card number stands anywhere', find: findCards },
  { name: 'I17', sentence: 'passwords and tokens are hashed or sealed', find: findPlainSecrets },
]
