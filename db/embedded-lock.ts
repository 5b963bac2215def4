import { execFile } from 'node:child_process'
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

/**
 * One process at a time supervises a data folder. The lock names its holder by process id and the
 * time that process began, so that neither a kill -9 nor a reused process id leaves it shut.
 */
export async function lockFolder(dataDir: string): Promise<() => Promise<void>> {
  const path = join(dataDir, 'portico.lock')
  const mine = `${process.pid} ${await startOf(process.pid)}\n`
  const draft = `${path}.${process.pid}`

  await writeFile(draft, mine, { mode: 0o600 })
  try {
    if (!(await take(draft, path))) {
      await removeStale(path, dataDir)
      if (!(await take(draft, path))) throw inUse(dataDir, 'another process')
    }
  } finally {
    await rm(draft, { force: true })
  }

  return async () => {
    if ((await read(path)) === mine) await rm(path, { force: true })
  }
}

/** A link is made by one process only, whatever the number that try. */
const take = (draft: string, path: string): Promise<boolean> =>
  link(draft, path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return false
      throw error
    },
  )

async function removeStale(path: string, dataDir: string): Promise<void> {
  const seen = await read(path)
  if (seen === undefined) return
  const [pid = '', ...began] = seen.trim().split(' ')
  if (began.length > 0 && (await startOf(Number(pid))) === began.join(' '))
    throw inUse(dataDir, `process ${pid}`)

  // Moved aside and read again: what we move may be the fresh lock of somebody quicker.
  const aside = `${path}.stale.${process.pid}`
  await rename(path, aside).catch(() => undefined)
  if ((await read(aside)) !== seen) await link(aside, path).catch(() => undefined)
  await rm(aside, { force: true })
}

const inUse = (dataDir: string, by: string) =>
  new Error(
    `The data folder ${dataDir} is in use by ${by}. ` +
      'Stop it first, or give this one a DATA_DIR of its own.',
  )

const read = (path: string) => readFile(path, 'utf8').catch(() => undefined)

/** When a live process began; undefined when there is none of this id. */
async function startOf(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') {
    const about = await read(`/proc/${pid}/stat`)
    // The 22nd field; the second one is a name that may hold blanks and brackets.
    return about
      ?.slice(about.lastIndexOf(')') + 2)
      .split(' ')
      .at(19)
  }
  return ps(pid, 'lstart=')
}

/** The command line of a live process. */
export async function commandOf(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux')
    return (await read(`/proc/${pid}/cmdline`))?.replaceAll('\0', ' ').trim() || undefined
  return ps(pid, 'command=')
}

const ps = (pid: number, field: string) =>
  promisify(execFile)('ps', ['-o', field, '-p', String(pid)]).then(
    ({ stdout }) => stdout.trim() || undefined,
    () => undefined,
  )
