import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chown, mkdir, mkdtemp, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { commandOf, lockFolder } from './embedded-lock.ts'
import { choosePlace, makePrivate, type Place } from './embedded-place.ts'
import { type EmbeddedLog, endProcess, environment, isAlive, launch } from './embedded-process.ts'

export type EmbeddedOptions = Readonly<{
  dataDir: string
  log: EmbeddedLog
  /** More of postgresql.conf, such as an archive command. */
  settings?: Readonly<Record<string, string>>
}>

export type Embedded = Readonly<{
  /** The superuser's, over a unix socket that only this user of the machine can reach. */
  adminUrl: string
  /** The cluster's folder. */
  cluster: string
  /** The server's process now; undefined between two restarts. */
  pid: () => number | undefined
  /** Lets running statements be cut, writes everything down, waits for the end. */
  stop: () => Promise<void>
}>

/** For a small machine; durability is PostgreSQL's own, spelled out so that nobody trades it away. */
const baseSettings = {
  listen_addresses: '',
  port: '5432',
  unix_socket_permissions: '0700',
  max_connections: '100',
  shared_buffers: '64MB',
  effective_cache_size: '512MB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  random_page_cost: '1.1',
  jit: 'off',
  wal_level: 'replica',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  password_encryption: 'scram-sha-256',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '',
  // Refused statements are the application's to report; here they would carry customers' data.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
}

/** Unix socket addresses hold 108 bytes on Linux and 104 elsewhere, the closing zero included. */
const longestSocket = process.platform === 'linux' ? 107 : 103
const slowestRetryMs = 10_000

/**
 * Runs PostgreSQL in the data folder until `stop`: makes the cluster the first time, ends what a
 * killed predecessor left running, and starts the server again when it dies.
 */
export async function startEmbedded({
  dataDir,
  log,
  settings = {},
}: EmbeddedOptions): Promise<Embedded> {
  // Passing through isn't reading: what lies in the folder is closed file by file.
  await mkdir(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
  const unlock = await lockFolder(await realpath(dataDir))
  try {
    const place = await choosePlace(dataDir)
    await endOrphan(place, log)
    const password = await ensureCluster(place, dataDir, log)
    const socket = await chooseSocket(place)
    await writeSettings(place, { ...baseSettings, unix_socket_directories: socket, ...settings })

    const server = await supervise(place, log)
    return {
      adminUrl: `postgres://postgres:${password}@localhost/postgres?host=${encodeURIComponent(socket)}`,
      cluster: place.cluster,
      pid: server.pid,
      stop: async () => {
        await server.stop()
        if (socket !== place.cluster) await rm(socket, { recursive: true, force: true })
        await unlock()
      },
    }
  } catch (error) {
    await unlock()
    throw error
  }
}

/** A server left by a killed parent, told from a stranger by its file and its command line. */
async function endOrphan({ cluster }: Place, log: EmbeddedLog): Promise<void> {
  const file = join(cluster, 'postmaster.pid')
  const [pidText, folder, , , socket = ''] = (await readFile(file, 'utf8').catch(() => '')).split(
    '\n',
  )
  const pid = Number(pidText)
  if (!pid || folder !== cluster) return

  const isOurs = async () => (await commandOf(pid))?.includes(`-D ${cluster}`) ?? false
  if (await isOurs()) {
    log({ level: 'warn', msg: `stopping the database server ${pid} that a killed process left` })
    await endProcess(pid, async () => !(await isOurs()))
    if (await isOurs()) throw new Error(`The database server ${pid} of ${cluster} doesn't stop.`)
  }
  // A number that went to another program, or to a dead one nobody has buried, PostgreSQL would
  // take for its own other self.
  if (isAlive(pid)) {
    await rm(file, { force: true })
    await rm(join(socket, '.s.PGSQL.5432.lock'), { force: true })
  }
  if (isTemporarySocket(socket)) await rm(socket, { recursive: true, force: true })
}

async function ensureCluster(place: Place, dataDir: string, log: EmbeddedLog): Promise<string> {
  const { cluster, programs, user } = place
  const file = join(dataDir, 'postgres.password')
  const known = await readFile(file, 'utf8').catch(() => undefined)
  if (existsSync(join(cluster, 'PG_VERSION'))) {
    if (known) return known
    throw new Error(`The password of the database in ${cluster} is missing: ${file}`)
  }

  const password = known ?? randomBytes(24).toString('base64url')
  await writeFile(file, password, { mode: 0o600 })

  // Made beside its place and moved there whole, so that an interrupted start leaves nothing half.
  const draft = `${cluster}.new`
  await rm(draft, { recursive: true, force: true })
  await makePrivate(draft, user)
  const passwordFile = `${cluster}.pw`
  await writeFile(passwordFile, password, { mode: 0o600 })
  if (user) await chown(passwordFile, user.uid, user.gid)

  log({ level: 'info', msg: `initialising the database in ${cluster}` })
  // Collation by the built-in C.UTF-8: the same order on every machine, whatever its libraries.
  const args = ['-D', draft, '-U', 'postgres', '--auth=scram-sha-256', '--encoding=UTF8']
  const locale = ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  try {
    await promisify(execFile)(
      join(programs, 'bin/initdb'),
      [...args, ...locale, `--pwfile=${passwordFile}`],
      { cwd: '/', env: environment, ...user },
    )
  } finally {
    await rm(passwordFile, { force: true })
  }
  await rename(draft, cluster)
  return password
}

async function writeSettings(place: Place, settings: Record<string, string>): Promise<void> {
  const main = join(place.cluster, 'postgresql.conf')
  const include = "include 'portico.conf' # written at each start"
  const current = await readFile(main, 'utf8')
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${quote(value)}\n`)

  await writeFile(join(place.cluster, 'portico.conf'), lines.join(''), { mode: 0o600 })
  if (place.user) await chown(join(place.cluster, 'portico.conf'), place.user.uid, place.user.gid)
  if (!current.includes(include)) await writeFile(main, `${current}\n${include}\n`)
}

const quote = (value: string) => `'${value.replaceAll("'", "''")}'`

/** The cluster's own folder, which is private already, unless its path is too long for a socket. */
async function chooseSocket({ cluster, user }: Place): Promise<string> {
  if (Buffer.byteLength(join(cluster, '.s.PGSQL.5432')) <= longestSocket) return cluster
  const folder = await mkdtemp(join(tmpdir().length > 60 ? '/tmp' : tmpdir(), 'portico-socket-'))
  if (user) await chown(folder, user.uid, user.gid)
  return folder
}

const isTemporarySocket = (folder: string) =>
  [tmpdir(), '/tmp'].some((parent) => folder.startsWith(join(parent, 'portico-socket-')))

/** Keeps one server running: again after 0.1 s, then doubling, from the start after a calm minute. */
async function supervise(place: Place, log: EmbeddedLog) {
  let stopping = false
  let failures = 0
  let waiting: NodeJS.Timeout | undefined
  let current: Awaited<ReturnType<typeof launch>> | undefined

  const watch = (server: NonNullable<typeof current>) => {
    const calm = setTimeout(() => {
      failures = 0
    }, 60_000)
    calm.unref()
    void server.ended.then((how) => {
      clearTimeout(calm)
      current = undefined
      if (!stopping) again(`the database server ended by itself (${how})`)
    })
  }

  const again = (why: string) => {
    const delay = Math.min(100 * 2 ** failures++, slowestRetryMs)
    log({ level: 'error', msg: `${why}; starting it again in ${delay} ms` })
    waiting = setTimeout(() => {
      restart = start().catch((error: Error) => {
        if (!stopping) again(error.message)
      })
    }, delay)
  }

  const start = async () => {
    current = await launch(place, log)
    watch(current)
  }

  const firstStart = async (): Promise<void> => {
    for (const until = Date.now() + 5000; ; )
      try {
        return await start()
      } catch (error) {
        if (!isStillLeaving(error) || Date.now() > until) throw error
      }
  }

  let restart = firstStart()
  await restart
  return {
    pid: () => current?.pid,
    stop: async () => {
      stopping = true
      clearTimeout(waiting)
      await restart.catch(() => undefined)
      if (current) await current.stop()
    },
  }
}

/** The connections of a killed server need a moment to notice; its memory is theirs till then. */
const isStillLeaving = (error: unknown) =>
  error instanceof Error && error.message.includes('pre-existing shared memory block')
