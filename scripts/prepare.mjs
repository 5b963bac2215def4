// What must be there before a command can run: the packages of the lock file and the built pages.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { precompress } from './precompress.mjs'

/**
 * How Node runs our programs. Left to itself it keeps 100 MB and more for what was just made and is
 * garbage already; 16 MB halves are what it took for years, and collecting more often costs little.
 */
export const nodeFlags = ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=16']

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
const inRoot = (...parts) => join(root, ...parts)

/** Installs when what npm says it has installed isn't what the lock file asks for. */
export async function ensureInstalled() {
  if (isInstalled()) return
  await alone(async () => {
    if (isInstalled()) return
    say('Installing packages …')
    // Dev dependencies too, whatever NODE_ENV says: Node itself is one of them.
    await run(
      'npm',
      ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'],
      withoutOwnBin(),
    )
  })
}

function isInstalled() {
  const wanted = readJson(inRoot('package-lock.json'))
  const present = readJson(inRoot('node_modules/.package-lock.json'))
  if (!wanted) throw new Error('package-lock.json is missing.')
  if (!present) return false
  return Object.entries(wanted.packages).every(([path, { version, optional, devOptional }]) => {
    if (path === '') return true
    const found = present.packages[path]
    return found ? found.version === version : Boolean(optional || devOptional)
  })
}

/** The Node of the lock file; ours when that one's install script was not allowed to run. */
export function pinnedNode() {
  const pinned = inRoot('node_modules/.bin/node')
  if (existsSync(pinned)) return pinned
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath
  throw new Error(
    'node_modules/.bin/node is missing, because npm was told not to run install scripts. ' +
      'Run `npm rebuild node --ignore-scripts=false`, or use Node 22.18 or newer.',
  )
}

const buildStamp = inRoot('.next/portico-sources')

/** Builds the pages when anything they are made from has changed since. */
export async function ensureBuilt(node, env) {
  const isBuilt = () => readText(buildStamp) === sourcesHash()
  if (isBuilt()) return
  await alone(async () => {
    if (isBuilt()) return
    const sources = sourcesHash()
    rmSync(buildStamp, { force: true })
    say('Building the pages …')
    await run(node, [inRoot('node_modules/next/dist/bin/next'), 'build'], env)
    await precompress(inRoot('.next/static'))
    writeFileSync(buildStamp, sources)
  })
}

/** Pages import nothing else: the boundaries that `npm run check` watches say so. */
function sourcesHash() {
  const files = [
    ...readdirSync(root).filter((file) =>
      /^(next\.config|postcss\.config|tsconfig|package-lock|proxy|instrumentation)/.test(file),
    ),
    ...['app', 'components', 'i18n', 'messages', 'server/kernel'].flatMap(filesIn),
    ...filesIn('server').filter((file) => file.endsWith('/schema.ts')),
  ]
  const hash = createHash('sha256')
  for (const file of files.filter((file) => !/\.test\.tsx?$/.test(file)).sort())
    hash
      .update(`${file}\0`)
      .update(readFileSync(inRoot(file)))
      .update('\0')
  return hash.digest('hex')
}

function filesIn(folder) {
  if (!existsSync(inRoot(folder))) return []
  return readdirSync(inRoot(folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    return entry.isDirectory() ? filesIn(path) : [path]
  })
}

/** Two instances may be started at once from one checkout: the second waits for the first's work. */
async function alone(work) {
  const lock = inRoot('.setup.lock')
  while (!take(lock)) await wait(200)
  try {
    await work()
  } finally {
    rmSync(lock, { force: true })
  }
}

function take(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    const holder = Number(readText(lock))
    if (holder && !isAlive(holder)) rmSync(lock, { force: true })
    return false
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** npm replaces node_modules, so it must not itself run on the Node in there. */
function withoutOwnBin() {
  const path = process.env.PATH ?? ''
  const outside = path.split(delimiter).filter((part) => !part.startsWith(inRoot('node_modules')))
  const env = { ...process.env, PATH: outside.join(delimiter) }
  const hasNode = spawnSync('node', ['--version'], { env }).status === 0
  return hasNode ? env : process.env
}

const run = (program, args, env) =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, env, stdio: 'inherit' })
    const stop = () => child.kill('SIGTERM')
    process.once('SIGTERM', stop).once('SIGINT', stop)
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      process.off('SIGTERM', stop).off('SIGINT', stop)
      if (code === 0) resolve()
      else reject(new Error(`${program} ${args.join(' ')} ended with ${signal ?? code}.`))
    })
  })

const readText = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined)

function readJson(path) {
  const text = readText(path)
  return text === undefined ? undefined : JSON.parse(text)
}

const say = (text) => process.stderr.write(`${text}\n`)
