import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Place } from './embedded-place.ts'

export type EmbeddedLog = (
  line: Readonly<{ level: 'info' | 'warn' | 'error'; msg: string }>,
) => void

/** None of our secrets are in the server's environment. (Next's types want a NODE_ENV in any.) */
export const environment: NodeJS.ProcessEnv = {
  NODE_ENV: 'production',
  LC_ALL: 'C',
  PATH: process.env.PATH,
}

const startSeconds = 60

/** Starts one server and waits until it takes connections. */
export async function launch({ programs, cluster, user }: Place, log: EmbeddedLog) {
  const child = spawn(join(programs, 'bin/postgres'), ['-D', cluster], {
    cwd: '/',
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe'],
    // Out of the terminal's reach: Ctrl-C is for the application, which stops its database last.
    detached: true,
    ...user,
  })
  const last: string[] = []
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', (code, signal) => resolve(signal ?? `code ${code}`))
  })
  const ready = new Promise<boolean>((resolve) => {
    createInterface({ input: child.stderr as NonNullable<ChildProcess['stderr']> })
      .on('line', (line) => {
        log({ level: levelOf(line), msg: line })
        last.splice(0, last.length - 4)
        last.push(line)
        if (line.includes('database system is ready to accept connections')) resolve(true)
      })
      .once('close', () => resolve(false))
    void ended.then(() => resolve(false))
  })

  const guard = child.pid === undefined ? undefined : guardAgainstKill(child.pid)
  void ended.then(() => guard?.kill('SIGKILL'))
  const late = setTimeout(() => child.kill('SIGQUIT'), startSeconds * 1000)
  const isReady = await ready
  clearTimeout(late)
  if (!isReady)
    throw new Error(`the database server did not start (${await ended}): ${last.join(' | ')}`)

  const pid = child.pid as number
  return {
    pid,
    ended,
    stop: () => endProcess(pid, async () => child.exitCode !== null || child.signalCode !== null),
  }
}

/**
 * A shell that waits for the end of a pipe which only we hold open: when this process is killed
 * without a chance to stop its server, the shell does.
 */
function guardAgainstKill(pid: number): ChildProcess {
  const guard = spawn('/bin/sh', ['-c', 'read -r _; kill -INT "$0"', String(pid)], {
    cwd: '/',
    env: environment,
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  guard.on('error', () => undefined)
  guard.stdin?.on('error', () => undefined)
  return guard
}

/** Fast shutdown; without a checkpoint when that takes too long; then by force. */
export async function endProcess(pid: number, isOver: () => Promise<boolean>): Promise<void> {
  for (const [signal, seconds] of [
    ['SIGINT', 20],
    ['SIGQUIT', 5],
    ['SIGKILL', 5],
  ] as const) {
    signalTo(pid, signal)
    for (const until = Date.now() + seconds * 1000; Date.now() < until; ) {
      if (await isOver()) return
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }
}

function signalTo(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal)
  } catch {
    return false
  }
}

export const isAlive = (pid: number) => signalTo(pid, 0)

/** Who was refused a connection is worth a look; the server's own panic is worth a call. */
const levelOf = (line: string) =>
  line.startsWith('PANIC') ? 'error' : line.startsWith('FATAL') ? 'warn' : 'info'
