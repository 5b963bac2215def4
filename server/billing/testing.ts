import { propose } from '#server/billing/propose.ts'
import type { ProposedLine, SubscriptionFacts } from '#server/billing/schema.ts'
import { usualTerms } from '#server/catalog/schema.ts'
import { addDays, type CivilDate, civilDate, overlap, type Period } from '#server/kernel/civil.ts'
import { money, zero } from '#server/kernel/money.ts'

/** Days from one on, until the first that is not among them. */
export const days = (from: string, until: string): Period => ({
  from: civilDate(from),
  until: civilDate(until),
})

/** A subscription of $10 a month, in step with the calendar, that nobody has charged yet. */
export const factsOf = (
  startedOn: string,
  more: Partial<Omit<SubscriptionFacts, 'terms'>> & {
    terms?: Partial<SubscriptionFacts['terms']>
  } = {},
): SubscriptionFacts => ({
  id: 1,
  account: null,
  name: 'Cloud PBX',
  activationFee: zero,
  periodicFee: money('10'),
  anchor: civilDate('2025-12-01'),
  startedOn: civilDate(startedOn),
  endedOn: null,
  discounts: [],
  blocked: [],
  activated: false,
  chargedUntil: civilDate(startedOn),
  exceptions: [],
  ...more,
  terms: { ...usualTerms, ...more.terms },
})

/** What was proposed, written down: the facts the next bill starts from. */
export function written(
  facts: SubscriptionFacts,
  lines: readonly ProposedLine[],
): SubscriptionFacts {
  const periodic = lines.filter(({ kind }) => kind === 'periodic').map((line) => line.period!.until)
  return {
    ...facts,
    activated: facts.activated || lines.some(({ kind }) => kind === 'activation'),
    chargedUntil: [facts.chargedUntil, ...periodic].toSorted().at(-1)!,
    exceptions: [
      ...facts.exceptions,
      ...lines.flatMap(({ kind, period }) =>
        kind === 'blocked' || kind === 'ended' || kind === 'adjustment'
          ? [{ kind, ...period! }]
          : [],
      ),
    ],
  }
}

/** What somebody who looks when `day` begins can know: nothing that hasn't happened. */
export const knownOn = (facts: SubscriptionFacts, day: CivilDate): SubscriptionFacts => ({
  ...facts,
  endedOn: facts.endedOn && facts.endedOn <= day ? facts.endedOn : null,
  blocked: facts.blocked.flatMap((free) => overlap(free, { from: free.from, until: day }) ?? []),
})

/** Bills day after day, each with what is known by then, or by some later day. */
export function bill(
  history: SubscriptionFacts,
  on: readonly CivilDate[],
  knownBy: (day: CivilDate) => CivilDate = (day) => day,
): ProposedLine[][] {
  let facts = history
  let since = history.startedOn
  return on.map((day) => {
    const lines = propose(knownOn(facts, knownBy(day)), since, day)
    facts = written(facts, lines)
    since = addDays(day, -1)
    return lines
  })
}

/** What an invoice says beside its lines. */
export const paper = {
  taxName: 'GST',
  taxRate: '5',
  taxNote: null,
  recipient: {
    name: 'ABC Company',
    companyName: 'ABC Company',
    line1: '1 Harbour Street',
    line2: null,
    city: 'Vancouver',
    region: 'BC',
    postalCode: 'V6B 1A1',
    country: 'CA',
    vatId: null,
    email: null,
  },
}
