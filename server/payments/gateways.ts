import { existsSync } from 'node:fs'
import type { Config } from '#server/runtime/config.ts'
import type { Log } from '#server/runtime/log.ts'
import type { Gateway } from './gateway.ts'
import { startSimulator } from './simulator.ts'

export type Gateways = Readonly<{
  gateway: Gateway
  olderGateways: readonly Gateway[]
  stop(): Promise<void>
}>

/**
 * Who takes the cards of this installation: Stripe where it is set up, else the simulator. One that
 * has changed to Stripe keeps its simulator for what was begun with it; no page shows its fields then.
 */
export async function openGateways(
  { stripe, host, dataDir }: Pick<Config, 'stripe' | 'host' | 'dataDir'>,
  pages: readonly string[],
  log: Log,
): Promise<Gateways> {
  const journalPath = `${dataDir}/simulator/journal.jsonl`
  // Its library costs 36 MB and 150 ms: for those who use it.
  const first = stripe && (await import('./stripe.ts')).stripeGateway(stripe)
  if (stripe?.apiBase)
    log.warn({ stripe: stripe.apiBase }, 'cards are taken by a stand-in for Stripe')
  if (first && !existsSync(journalPath)) {
    return { gateway: first, olderGateways: [], stop: async () => {} }
  }

  const simulator = await startSimulator({
    host,
    journalPath,
    allowedParents: first ? [] : pages,
    log: log.child({ part: 'simulator' }),
  })
  const { gateway, stop } = simulator
  return first
    ? { gateway: first, olderGateways: [gateway], stop }
    : { gateway, olderGateways: [], stop }
}
