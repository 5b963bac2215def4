import { randomInt } from 'node:crypto'
import { type Challenge, createChallenge, type Payload, verifySolution } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import { z } from 'zod'
import type { DraftId } from '#server/kernel/ids.ts'
import type { DeclineCode } from '#server/payments/gateway.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { leave } from '#server/runtime/gather.ts'
import { pseudonym } from '#server/runtime/secrets.ts'
import { together } from '#server/runtime/together.ts'
import { unitOfWork } from '#server/runtime/unit-of-work.ts'
import { proofInvalid, proofLapsed, tooManyDeclines, tooManySignups } from './errors.ts'
import { type Limits, proofMinutes, proofSteps, slotMinutes, windowMinutes } from './limits.ts'
import * as repo from './repo.abuse.ts'
import * as drafts from './repo.drafts.ts'
import type { SiteRef } from './schema.ts'
import { type Draft, findDraft } from './service.draft.ts'
import { type Desk, enter, type Visit } from './service.visit.ts'

const minutes = (n: number) => n * 60_000
const slotOf = (now: Date) =>
  new Date(Math.floor(now.getTime() / minutes(slotMinutes)) * minutes(slotMinutes))

/** No list of addresses or e-mails builds up: a key can't be read back. */
const keyOf = (ctx: Ctx, kind: string, text: string) =>
  `${kind}:${pseudonym(ctx.secrets.key('signup-counters'), text.toLowerCase())}`

/** At the end of the unit of work: the row stays locked until commit. */
const bump = async (ctx: Ctx, key: string, by = 1): Promise<void> =>
  leave(ctx, repo.bump(ctx, [key], slotOf(ctx.wall), by))

const sinceOf = (now: Date) => new Date(now.getTime() - minutes(windowMinutes))

const totalsOf = (keys: readonly string[], rows: readonly { key: string; n: number }[]) => {
  const counted = new Map(rows.map(({ key, n }) => [key, n]))
  return keys.map((key) => Math.max(0, counted.get(key) ?? 0))
}

const latelyOf = async (ctx: Ctx, ...keys: string[]): Promise<number[]> =>
  totalsOf(keys, await repo.totals(ctx, keys, sinceOf(ctx.wall)))

/** Counts under `keys`, then says how many there were lately, under these and `also` others. */
async function count(ctx: Ctx, keys: string[], also: string[] = []): Promise<number[]> {
  const window = { slot: slotOf(ctx.wall), since: sinceOf(ctx.wall), also }
  return totalsOf([...keys, ...also], await repo.countAndTotal(ctx, keys, window))
}

const ipKey = (ctx: Ctx, ip: string) => keyOf(ctx, 'ip', ip)
const cardKey = (ctx: Ctx, fingerprint: string) => keyOf(ctx, 'card', fingerprint)
const siteKey = (site: number) => `site:${site}`

/** @throws too_many `signup.too_many` */
export async function countDraft(ctx: Ctx, { limits }: Desk): Promise<void> {
  const [drafts] = await count(ctx, [keyOf(ctx, 'drafts', ctx.actor.ip)])
  if (drafts! > limits.draftsPerIp) throw tooManySignups()
}

/** Whether one more resume mail may go to this address. */
export async function mayMail(ctx: Ctx, { limits }: Desk, email: string): Promise<boolean> {
  const [mails] = await count(ctx, [keyOf(ctx, 'mail', email)])
  return mails! <= limits.resumeMailsPerEmail
}

/**
 * Counts an attempt to pay before the gateway hears of it, so that a thousand at the same moment
 * can't slip past; one that succeeds is forgiven. It costs the proof, which is worth one attempt, of
 * its own draft, if it was hard enough.
 *
 * @throws invalid `signup.proof_invalid`, gone `signup.proof_lapsed`;
 *   too_many `signup.too_many_declines`, `signup.too_many`
 */
export async function countAttempt(
  ctx: Ctx,
  desk: Desk,
  draft: Draft,
  proof: Proof,
): Promise<void> {
  if (proof.draft !== draft.id) throw proofInvalid()
  const { limits } = desk
  const email = keyOf(ctx, 'email', draft.data.address?.email ?? '')
  const ip = ipKey(ctx, ctx.actor.ip)

  const [[ofEmail, ofIp, ofSite], [spent]] = await together(
    count(ctx, [email, ip], [siteKey(desk.site.id)]),
    repo.spendProof(ctx, proof.id, proof.expiresAt),
  )

  // As it was before this attempt: nobody had to work for the attempt itself.
  const before = { draft: draft.declines, ip: ofIp! - 1, site: ofSite! }
  if (proof.steps < proofSteps(before, limits) || !spent) throw proofLapsed()
  if (draft.declines >= limits.declinesPerDraft) throw tooManyDeclines()
  if (ofEmail! > limits.checkoutsPerEmail) throw tooManySignups()
  if (ofIp! > limits.declinesPerIp) throw tooManyDeclines()
}

/** What an attempt came from; a card is known by its fingerprint once the gateway has seen it. */
type Attempt = Readonly<{ draft: DraftId; ip: string; fingerprint: string | null }>

export const forgive = (ctx: Ctx, { ip }: Pick<Attempt, 'ip'>) => bump(ctx, ipKey(ctx, ip), -1)

/** Whether a card was refused too often lately to be asked about once more. */
export const isTriedOut = async (
  ctx: Ctx,
  fingerprint: string,
  allowed: Limits,
): Promise<boolean> => {
  const [declines] = await latelyOf(ctx, cardKey(ctx, fingerprint))
  return declines! >= allowed.declinesPerCard
}

/** A card the gateway never looked at says nothing about who sent it. */
const saysNothing = new Set<DeclineCode>(['token_expired'])

export async function countDecline(
  ctx: Ctx,
  { draft, ip, fingerprint }: Attempt,
  code: DeclineCode,
  allowed: Limits,
): Promise<void> {
  if (saysNothing.has(code)) {
    await forgive(ctx, { ip })
    return
  }
  const [counted] = await drafts.countDecline(ctx, draft)
  if (fingerprint) await bump(ctx, cardKey(ctx, fingerprint))
  const site = counted!.site
  const [ofSite] = await count(ctx, [siteKey(site)])
  if (ofSite === allowed.declinesPerSite) {
    ctx.log.error({ alarm: 'signup.attack', site }, 'many cards declined: proofs are harder now')
  }
}

async function stepsFor(ctx: Ctx, desk: Desk, draft: Draft | undefined): Promise<number> {
  const [ip, site] = await latelyOf(ctx, ipKey(ctx, ctx.actor.ip), siteKey(desk.site.id))
  return proofSteps({ draft: draft?.declines ?? 0, ip: ip!, site: site! }, desk.limits)
}

const algorithm = 'PBKDF2/SHA-256'
// Of one step; so few that a phone does thousands of steps.
const iterations = 500

/** Work for the browser to do, for this draft alone; more of it after declines. */
export async function proof(visit: Visit, { site: slug }: SiteRef): Promise<Challenge> {
  const desk = await enter(visit, slug)
  const { id, steps } = await unitOfWork(desk.asSystem, async (ctx) => {
    const draft = desk.tokenHash ? await findDraft(ctx, desk) : undefined
    return { id: draft?.id ?? '', steps: await stepsFor(ctx, desk, draft) }
  })
  const { proofKey } = visit.outside
  return createChallenge({
    algorithm,
    cost: iterations,
    // Somewhere in the upper half: nobody is lucky, and nobody works twice as long.
    counter: randomInt(Math.ceil(steps / 2), steps + 1),
    data: { draft: id, steps },
    deriveKey,
    // The library checks it by the machine's clock, which no story moves.
    expiresAt: new Date(Date.now() + minutes(proofMinutes)),
    hmacSignatureSecret: proofKey,
    hmacKeySignatureSecret: proofKey,
  })
}

const zPayload = z.object({
  challenge: z.object({
    parameters: z.looseObject({
      data: z.object({ draft: z.string(), steps: z.number() }),
      expiresAt: z.number(),
    }),
    signature: z.string(),
  }),
  solution: z.object({ counter: z.number(), derivedKey: z.string() }),
})

export type Proof = Readonly<{ id: string; draft: string; steps: number; expiresAt: Date }>

/**
 * Whether the work was done. No database: a flood of wrong ones costs little.
 *
 * @param given base64 of `{ challenge, solution }`, as the ALTCHA widget writes it
 * @throws invalid `signup.proof_invalid`, gone `signup.proof_lapsed`
 */
export async function checkProof(given: string, proofKey: string): Promise<Proof> {
  const payload = readPayload(given)
  const { parameters, signature } = payload.challenge
  const checked = await verifySolution({
    challenge: payload.challenge as unknown as Challenge,
    solution: payload.solution as Payload['solution'],
    deriveKey,
    hmacSignatureSecret: proofKey,
    hmacKeySignatureSecret: proofKey,
  })
  if (checked.expired) throw proofLapsed()
  if (!checked.verified) throw proofInvalid()
  return { id: signature, ...parameters.data, expiresAt: new Date(parameters.expiresAt * 1000) }
}

function readPayload(given: string): z.infer<typeof zPayload> {
  try {
    return zPayload.parse(JSON.parse(Buffer.from(given, 'base64').toString('utf8')))
  } catch {
    throw proofInvalid()
  }
}

/** Forgets what no window reaches any more. */
export const sweep = (ctx: Ctx) =>
  repo.deleteOld(
    ctx,
    new Date(ctx.wall.getTime() - 2 * minutes(windowMinutes)),
    new Date(Date.now() - minutes(proofMinutes)),
  )
