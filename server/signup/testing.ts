import { randomUUID } from 'node:crypto'
import { solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import type { Database } from '#db/client.ts'
import { Refusal } from '#server/kernel/errors.ts'
import { anonymous } from '#server/runtime/actor.ts'
import type { Outside } from '#server/runtime/outside.ts'
import { type Bank, type Fuse, simulatorBank } from '#server/testing/banks.ts'
import type { TestDatabase } from '#server/testing/database.ts'
import { callerFactory } from '#server/trpc/init.ts'
import type { Limits } from './limits.ts'
import { signupRouter } from './router.ts'
import type { Address, OrderView } from './schema.ts'

/** Documented cards of the simulator. */
export const cards = {
  approved: '4242424242424242',
  declined: '4000000000000002',
  insufficient: '4000000000009995',
  challenge: '4000000000003220',
  answerLost: '4000000000000119',
  captureLost: '4000000000000259',
  captureRefused: '4000000000000077',
} as const

export const anna: Address = {
  firstName: 'Anna',
  lastName: 'Lee',
  email: 'anna@lee.example',
  phone: '+16045550142',
  country: 'CA',
  line1: '350 Robson Street',
  city: 'Vancouver',
  state: 'BC',
  postalCode: 'V6B 2B2',
  timeZone: 'America/Vancouver',
}

/** Nothing is refused for being too much, and the work of a proof is done in no time. */
const lenient: Limits = {
  declinesPerDraft: 1_000,
  declinesPerIp: 1_000,
  declinesPerCard: 1_000,
  declinesPerSite: 1_000,
  checkoutsPerEmail: 1_000,
  draftsPerIp: 1_000,
  holdsPerIp: 1_000,
  resumeMailMinutes: 5,
  resumeMailsPerEmail: 1_000,
  proofSteps: 2,
}

const call = callerFactory(signupRouter)

export type World = ReturnType<typeof openWorld>

/** A site, its gateway, and prospects who come to it. */
export function openWorld(
  it: TestDatabase,
  given: { limits?: Partial<Limits>; fuse?: Fuse; bank?: Bank } = {},
) {
  const bank = given.bank ?? simulatorBank(() => it.clock.now(), given.fuse)
  const outside: Outside = {
    gateway: bank.gateway,
    publicUrl: 'https://portal.example',
    proofKey: 'a key for the proofs of tests alone',
    limits: { ...lenient, ...given.limits },
    pause: async () => {},
  }

  /** Somebody with a browser of their own. */
  const visitor = (ip = '192.0.2.10', site = 'panda', database: Database = it.database) => {
    const jar = new Map<string, string>()
    const cookies = {
      get: (name: string) => jar.get(name),
      set: (name: string, value: string, maxAge: number) => {
        if (maxAge > 0) jar.set(name, value)
        else jar.delete(name)
      },
    }
    const edge = { ...it.edge(anonymous(ip)), database }
    const trpc = call({ edge, outside, cookies })

    const proof = async (): Promise<string> => {
      const challenge = await trpc.proof({ site })
      const solution = await solveChallenge({ challenge, deriveKey })
      return Buffer.from(JSON.stringify({ challenge, solution })).toString('base64')
    }

    /** From the first page to the summary. */
    const prepare = async (choice: Choice = {}) => {
      const { plan = 'easycall', address = anna, number, device = 'softphone' } = choice
      await trpc.choosePlan({ site, plan, locale: 'en' })
      const { version } = (await trpc.draft({ site }))!
      await trpc.saveAddress({ site, version, address })
      const found = await trpc.findNumbers({ site })
      const chosen = number ?? found.numbers[0]!.number
      const held = await trpc.holdNumber({ site, number: chosen })
      await trpc.chooseDevice({ site, version: held.version, device })
      return trpc.reachPayment({ site })
    }

    type Press = {
      card?: string
      cardToken?: string
      key?: string
      dueToday?: string
      proof?: string
    }
    const press = async (given: Press = {}): Promise<OrderView> => {
      const draft = (await trpc.draft({ site }))!
      return trpc.submit({
        site,
        version: draft.version,
        key: given.key ?? randomUUID(),
        cardToken: given.cardToken ?? bank.tokenFor(given.card ?? cards.approved),
        dueToday: given.dueToday ?? draft.quote.dueToday,
        acceptTerms: true,
        proof: given.proof ?? (await proof()),
      })
    }

    return { trpc, jar, site, proof, prepare, press }
  }

  return { ...bank, outside, visitor }
}

type Choice = { plan?: string; address?: Address; number?: string; device?: string }

/** The refusal a call ended with, as pages read it. */
export async function refusal(call: Promise<unknown>): Promise<Refusal> {
  try {
    await call
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined
    if (cause instanceof Refusal) return cause
    throw error
  }
  throw new Error('It was not refused.')
}
