import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openLog } from '#server/runtime/log.ts'
import { standInKeys } from '#server/testing/stripe/stand-in.ts'
import { GatewayMisuse, gatewayOf } from './gateway.ts'
import { type Gateways, openGateways } from './gateways.ts'

const log = openLog('silent')
const page = 'http://shop.example'
const folder = () => mkdtempSync(join(tmpdir(), 'gateways-'))
const openIn = (dataDir: string, stripe?: typeof standInKeys) =>
  openGateways({ host: '127.0.0.1', dataDir, stripe }, [page], log)

const names = ({ gateway, olderGateways }: Gateways) => [
  gateway.name,
  ...olderGateways.map((one) => one.name),
]

/** Whether the simulator shows its card fields inside a page of ours. */
async function showsFields({ gateway, olderGateways }: Gateways): Promise<boolean> {
  const configs = [gateway, ...olderGateways].map((one) => one.clientConfig())
  const config = configs.find((one) => one.kind === 'simulator')
  return config !== undefined && (await fetch(`${config.fieldsUrl}?parent=${page}`)).ok
}

test('without keys the simulator takes the cards, with them Stripe does', async () => {
  const simulated = await openIn(folder())
  const stripe = await openIn(folder(), standInKeys)

  expect([names(simulated), await showsFields(simulated)]).toEqual([['simulator'], true])
  expect(names(stripe)).toEqual(['stripe'])
  expect(() => gatewayOf(stripe, 'simulator')).toThrow(GatewayMisuse)
  await simulated.stop()
})

test('an installation that changes to Stripe finishes with the simulator what it began there', async () => {
  const dataDir = folder()
  const before = await openIn(dataDir)
  await before.stop()

  const after = await openIn(dataDir, standInKeys)

  expect(names(after)).toEqual(['stripe', 'simulator'])
  const old = gatewayOf(after, 'simulator')
  expect(await old.lookup({ intent: 'pi_none' })).toEqual({ state: 'not_found' })
  // New cards are Stripe's.
  expect(await showsFields(after)).toBe(false)
  await after.stop()
})
