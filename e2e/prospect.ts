import { randomUUID } from 'node:crypto'
import { createTRPCClient, httpLink, type TRPCClient } from '@trpc/client'
import { solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import type { AppRouter } from '#server/trpc/root.ts'

/** Cards of the simulator. */
export const cards = {
  approved: '4242424242424242',
  declined: '4000000000000002',
  insufficient: '4000000000009995',
  challenge: '4000000000003220',
  timeout: '4000000000000119',
} as const

export type Prospect = {
  trpc: TRPCClient<AppRouter>
  site: string
  /** What its browser would hold. */
  cookies: ReadonlyMap<string, string>
  /** From the first page to the summary. */
  prepare(choice?: { plan?: string; email?: string }): Promise<void>
  /** The button. */
  press(card?: string, key?: string): Promise<string>
}

/** Somebody who signs up by program, over HTTP, as a browser's pages do: with cookies and proof of work. */
export function prospect(url: string, ip: string, site = 'panda'): Prospect {
  const jar = new Map<string, string>()
  const trpc = createTRPCClient<AppRouter>({
    links: [
      httpLink({
        url: `${url}/trpc`,
        headers: () => ({
          'x-forwarded-for': ip,
          cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
        }),
        async fetch(input, init) {
          const response = await fetch(input as string, init as RequestInit)
          for (const cookie of response.headers.getSetCookie()) {
            const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
            if (name) jar.set(name, value ?? '')
          }
          return response
        },
      }),
    ],
  })

  /** As the gateway's own fields do in a browser; of Stripe, a stand-in's. */
  async function tokenFor(number: string): Promise<string> {
    const { cardFields } = await trpc.signup.site.query({ site })
    const typed = { number, expiry: '12/30', cvc: '123' }
    const ask = async (path: string, base: string, body: object) => {
      const { origin, href } = new URL(path, base)
      const headers = { 'content-type': 'application/json', origin }
      const response = await fetch(href, { method: 'POST', headers, body: JSON.stringify(body) })
      return (await response.json()) as { token?: string; id?: string }
    }
    const answer =
      cardFields.kind === 'simulator'
        ? await ask('/tokens', cardFields.origin, typed)
        : await ask('/browser/methods', cardFields.scriptUrl ?? '', {
            key: cardFields.publishableKey,
            ...typed,
          })
    const token = answer.token ?? answer.id
    if (!token) throw new Error(`No token: ${JSON.stringify(answer)}`)
    return token
  }

  async function proof(): Promise<string> {
    const challenge = await trpc.signup.proof.query({ site })
    const solution = await solveChallenge({ challenge, deriveKey })
    return Buffer.from(JSON.stringify({ challenge, solution })).toString('base64')
  }

  return {
    trpc,
    site,
    cookies: jar,
    async prepare({ plan = 'easycall', email = `p${randomUUID().slice(0, 8)}@example.com` } = {}) {
      await trpc.signup.choosePlan.mutate({ site, plan, locale: 'en' })
      const draft = await trpc.signup.draft.query({ site })
      const saved = await trpc.signup.saveAddress.mutate({
        site,
        version: draft!.version,
        address: {
          firstName: 'Kim',
          lastName: 'Prospect',
          email,
          phone: '+16045550142',
          country: 'CA',
          line1: '350 Robson Street',
          city: 'Vancouver',
          state: 'BC',
          postalCode: 'V6B 2B2',
          timeZone: 'America/Vancouver',
        },
      })
      // Others pick at the same moment: the first free one of a page that few look at.
      for (let page = Math.floor(Math.random() * 20); ; page = Math.floor(Math.random() * 20)) {
        const { numbers } = await trpc.signup.findNumbers.query({ site, page })
        const choice = numbers[Math.floor(Math.random() * numbers.length)]
        if (!choice) continue
        const held = await trpc.signup.holdNumber
          .mutate({ site, number: choice.number })
          .catch(() => undefined)
        if (!held) continue
        await trpc.signup.chooseDevice.mutate({
          site,
          version: held.version ?? saved.version,
          device: 'softphone',
        })
        break
      }
      await trpc.signup.reachPayment.mutate({ site })
    },
    async press(card = cards.approved, key = randomUUID()) {
      const draft = await trpc.signup.draft.query({ site })
      const order = await trpc.signup.submit.mutate({
        site,
        version: draft!.version,
        key,
        cardToken: await tokenFor(card),
        dueToday: draft!.quote.dueToday,
        acceptTerms: true,
        proof: await proof(),
      })
      return order.state
    },
  }
}
