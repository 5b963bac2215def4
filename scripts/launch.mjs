// Every npm script begins here. What is missing is installed or built first, then the command runs
// on the Node that the lock file pins. Node's own modules only, for Node 18 and newer: on a fresh
// clone nothing else is there.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, join } from 'node:path'
import { ensureBuilt, ensureInstalled, nodeFlags, pinnedNode, root } from './prepare.mjs'

/**
 * `mode` is NODE_ENV; `built` commands need the pages; a change in a folder of `restarts` starts the
 * program again (pages reload by themselves).
 */
const commands = {
  start: { run: 'server/main.ts', mode: 'production', built: true },
  dev: { run: 'server/main.ts', mode: 'development', restarts: ['server', 'db'] },
  build: { mode: 'production', built: true },
  check: { run: 'scripts/check.ts' },
  test: { run: 'scripts/test.ts' },
  'test:deep': { run: 'scripts/test-deep.ts' },
  verify: { run: 'scripts/verify.ts', mode: 'production' },
  backup: { run: 'scripts/backup.ts', mode: 'production' },
  restore: { run: 'scripts/restore.ts', mode: 'production' },
  bench: { run: 'bench/run.ts', mode: 'production', built: true },
  screenshots: { run: 'scripts/screenshots.ts', mode: 'production', built: true },
}

const [name = '', ...args] = process.argv.slice(2)
const command = commands[name]
if (!command) fail(`There is no command "${name}". There are: ${Object.keys(commands).join(', ')}.`)

process.chdir(root)
try {
  await ensureInstalled()
  const node = pinnedNode()
  const env = environment(command.mode)
  if (command.built) await ensureBuilt(node, env)
  if (command.run) become(node, command.run, env)
} catch (error) {
  fail(error.message)
}

function environment(mode) {
  const { NODE_ENV: _, ...inherited } = process.env
  return {
    ...inherited,
    ...(mode && { NODE_ENV: mode }),
    PATH: [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter),
    NEXT_TELEMETRY_DISABLED: '1',
    // Compiled code is kept between starts, which saves about a third of the time to ready.
    NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/node'),
  }
}

/** The command takes this process's place, signals and all; where Node can't, we pass them on. */
function become(node, program, env) {
  if (!existsSync(program)) fail(`${program} is not part of this version.`)
  const watch = (command.restarts ?? []).map((folder) => `--watch-path=${folder}`)
  const quiet = watch.length > 0 ? ['--watch-preserve-output'] : []
  const argv = [...nodeFlags, ...watch, ...quiet, program, ...args]
  if (process.execve && process.platform !== 'win32') {
    process.removeAllListeners('warning')
    process.on('warning', () => undefined)
    process.execve(node, [node, ...argv], env)
  }

  const child = spawn(node, argv, { env, stdio: 'inherit' })
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT'])
    process.on(signal, () => {
      // A terminal sends Ctrl-C to both of us by itself.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
    })
  child.on('error', (error) => fail(error.message))
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0)
  })
}

function fail(message) {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}
