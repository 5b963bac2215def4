import pg from 'pg'

/** The three roles: owner of the schema, the application, and read-only extended search. */
export const roles = { owner: 'portico_owner', app: 'portico_app', query: 'portico_query' } as const

export type RolePasswords = Readonly<{ owner: string; app: string; query: string }>

/** The same server and database, as somebody else. */
export function urlAs(adminUrl: string, user: string, password: string, database?: string): string {
  const url = new URL(adminUrl)
  url.username = encodeURIComponent(user)
  url.password = encodeURIComponent(password)
  if (database) url.pathname = `/${encodeURIComponent(database)}`
  return url.toString()
}

const quote = (text: string) => `'${text.replaceAll("'", "''")}'`

/**
 * Makes roles, extensions and grants that only a privileged login can. Safe to run at every start.
 *
 * @param adminUrl a login that may create roles and extensions in the database it names
 */
export async function prepareRoles(adminUrl: string, passwords: RolePasswords): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 5_000 })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock(7205252)')
    for (const key of ['owner', 'app', 'query'] as const) {
      await makeRole(client, roles[key], passwords[key])
    }
    const database = (await client.query<{ name: string }>('select current_database() as name'))
      .rows[0]!.name
    const quoted = `"${database.replaceAll('"', '""')}"`
    await client.query(`grant create, connect, temporary on database ${quoted} to ${roles.owner}`)
    await client.query(`grant connect on database ${quoted} to ${roles.app}, ${roles.query}`)
    await client.query(`grant usage, create on schema public to ${roles.owner}`)
    await client.query(`grant usage on schema public to ${roles.app}, ${roles.query}`)
    for (const extension of ['pg_trgm', 'citext', 'btree_gist']) {
      await client.query(`create extension if not exists ${extension}`)
    }
  } finally {
    await client.end()
  }
}

// Another start of another database was at the same role: it is there now, or free again.
const roleTaken = new Set(['XX000', '23505', '42710'])

/** Roles belong to the whole server, and no lock reaches from one of its databases into another. */
async function makeRole(client: pg.Client, role: string, password: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const found = await client.query('select 1 from pg_roles where rolname = $1', [role])
    // Only a superuser may so much as name the first two of a role that is there: on a managed
    // server the login is none. What became of the role since, `assertBound` sees.
    const verb = found.rowCount
      ? `alter role ${role}`
      : `create role ${role} nosuperuser nobypassrls nocreatedb nocreaterole`
    try {
      await client.query(`${verb} login password ${quote(password)}`)
      return
    } catch (error) {
      if (attempt === 20 || !roleTaken.has(String((error as { code?: unknown }).code))) throw error
    }
  }
}

/** Whether this login may do what `prepareRoles` does. */
export async function isPrivileged(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  await client.connect()
  try {
    const { rows } = await client.query<{ yes: boolean }>(
      'select rolsuper or rolcreaterole as yes from pg_roles where rolname = current_user',
    )
    return rows[0]?.yes ?? false
  } finally {
    await client.end()
  }
}

/**
 * Row-level security is silently off for superusers, for roles with BYPASSRLS and (unless forced)
 * for owners: the application refuses to run as one of them.
 */
export async function assertBound(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  await client.connect()
  try {
    const { rows } = await client.query<{ role: string; free: boolean; owns: boolean }>(
      `select current_user as role, rolsuper or rolbypassrls as free,
              exists (select 1 from pg_class c where c.relowner = r.oid and c.relkind = 'r') as owns
         from pg_roles r where rolname = current_user`,
    )
    const [row] = rows
    if (!row || row.free || row.owns) {
      throw new Error(
        `The application would connect as ${row?.role ?? 'an unknown role'}, for which row-level security is off. Give it a role that owns nothing and has neither SUPERUSER nor BYPASSRLS.`,
      )
    }
  } finally {
    await client.end()
  }
}
