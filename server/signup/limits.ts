import { maxHoldsPerIp } from '#server/numbers/schema.ts'

/**
 * What one prospect, address, card or site may do before it looks like card testing: such attacks
 * try thousands of cards on forms like this. Figures are an hour's, unless said.
 */
export const limits = {
  /** In all, of one signup: then a person is to be asked. */
  declinesPerDraft: 3,
  /** Attempts of an address that didn't succeed, those under way included. */
  declinesPerIp: 3,
  declinesPerCard: 3,
  /** From here on the site is under attack: proofs get harder for everybody, and an alarm is raised. */
  declinesPerSite: 10,
  /** A person mistypes a card now and then; nobody buys ten lines an hour by one e-mail address. */
  checkoutsPerEmail: 10,
  draftsPerIp: 60,
  holdsPerIp: maxHoldsPerIp,
  /** Minutes between two mails of a draft. */
  resumeMailMinutes: 5,
  resumeMailsPerEmail: 5,
  /** Steps of the proof of work for who did nothing odd: well under a second in a browser. */
  proofSteps: 1_000,
} as const

export type Limits = Readonly<Record<keyof typeof limits, number>>

export const windowMinutes = 60
/** Events are counted by slots: what is older than the window falls out a slot at a time. */
export const slotMinutes = 5
/** A proof is worth nothing after this. */
export const proofMinutes = 20

/** At most 32 times the work: a phone of 2018 does that in half a minute. */
const hardest = 32

/** The work asked for: twice as much for each decline, and for all of a site under attack. */
export function proofSteps(
  declines: Readonly<{ draft: number; ip: number; site: number }>,
  allowed: Limits,
): number {
  const own = 2 ** Math.min(10, declines.draft + declines.ip)
  const attack =
    declines.site < allowed.declinesPerSite
      ? 1
      : 4 * Math.ceil(declines.site / allowed.declinesPerSite)
  return allowed.proofSteps * Math.min(hardest, own * attack)
}
