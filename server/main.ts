import { fileURLToPath } from 'node:url'
import { seedDemo } from '#db/seed/demo.ts'
import { lendProcedures, openPages } from '#server/http/next.ts'
import { buildServer } from '#server/http/server.ts'
import { openGateways } from '#server/payments/gateways.ts'
import { openStorage } from '#server/runtime/boot.ts'
import { systemClock } from '#server/runtime/clock.ts'
import { readConfig } from '#server/runtime/config.ts'
import { openLog } from '#server/runtime/log.ts'
import { loadSecrets } from '#server/runtime/secrets.ts'
import { startTasks } from '#server/worker/schedule.ts'
import { tasksOf } from '#server/worker/tasks.ts'

// Start order, top to bottom; what is opened is closed in reverse.
const config = readConfig(process.env)
const log = openLog(config.logLevel)
const secrets = await loadSecrets(config.dataDir, config.secret)
const cookieKey = secrets.key('next-auth')
const publicUrl = config.publicUrl ?? `http://localhost:${config.port}`
const secure = publicUrl.startsWith('https:')
Object.assign(process.env, { NEXTAUTH_SECRET: cookieKey, NEXTAUTH_URL: publicUrl })

const closers: (() => Promise<unknown>)[] = []
let ready = false
let stopping = false

async function stop(code: number): Promise<void> {
  if (stopping) return
  stopping = true
  ready = false
  // A second is what load balancers need to see /readyz and look elsewhere; loops end meanwhile.
  const tooLong = setTimeout(() => process.exit(1), 15_000)
  tooLong.unref()
  for (const close of closers.reverse()) {
    await close().catch((err) => log.error({ err }, 'stopping'))
  }
  process.exit(code)
}

process.on('SIGTERM', () => void stop(0))
process.on('SIGINT', () => void stop(0))
process.on('unhandledRejection', (err) => {
  log.fatal({ err }, 'a promise was rejected and nobody looked')
  void stop(1)
})

try {
  const opening = openPages({
    development: config.development,
    folder: fileURLToPath(new URL('..', import.meta.url)),
  })
  // Looked at below; until then a failure here must not count as unhandled.
  opening.catch(() => {})

  const { database, embedded } = await openStorage(config, secrets, log)
  if (embedded) closers.push(() => embedded.stop())
  closers.push(() => database.close())

  const origins = [
    publicUrl,
    ...['localhost', '127.0.0.1'].map((h) => `http://${h}:${config.port}`),
  ]
  const gateways = await openGateways(config, origins, log)
  closers.push(() => gateways.stop())

  const app = { database, clock: systemClock, log, secrets }
  const { gateway, olderGateways } = gateways
  const outside = { gateway, olderGateways, publicUrl, proofKey: secrets.key('proof') }
  if (config.seed === 'demo') await seedDemo({ ...app, now: systemClock.now() })

  const calls = { ...app, outside, cookieKey, secure }
  lendProcedures(calls)
  const pages = await opening
  closers.push(() => pages.close())
  const server = await buildServer({
    calls,
    cards: gateway.clientConfig(),
    development: config.development,
    ready: () => ready,
    pages: pages.pages,
  })
  pages.attach(server.server)
  closers.push(() => server.close())
  await server.listen({ port: config.port, host: config.host })

  const tasks = startTasks(tasksOf(app, outside, config), log)
  closers.push(() => tasks.stop())
  ready = true
  process.stdout.write(`Portico is ready at ${publicUrl}\n`)
} catch (err) {
  log.fatal({ err }, err instanceof Error ? err.message : 'start failed')
  await stop(1)
}
