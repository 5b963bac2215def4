import { z } from 'zod'

/** What can be looked for, and the beginnings of the actions it means. */
export const kinds = {
  lines: ['account'],
  numbers: ['numbers'],
  groups: ['hunt_group', 'auto_attendant'],
  uploads: ['bulk', 'order'],
  agreement: ['agreement'],
  billing: ['invoice', 'payment', 'ledger', 'card', 'billing'],
  company: ['customer', 'signup', 'user'],
  access: ['auth'],
} as const satisfies Record<string, readonly string[]>
export type ActivityKind = keyof typeof kinds
export const activityKinds = Object.keys(kinds) as ActivityKind[]

/** Who did it, where it isn't one of the company's people. */
export const groupsOfActors = ['provider', 'lines', 'system'] as const

const zDay = z.iso.date()

export const zActivityQuery = z.strictObject({
  kind: z.enum(['all', ...activityKinds]).default('all'),
  who: z
    .union([z.enum(['anybody', ...groupsOfActors]), z.number().int().positive()])
    .default('anybody'),
  /** Part of the id or name of what it was done to. */
  search: z.string().trim().max(100).default(''),
  /** One thing: `account 100007`. */
  about: z
    .strictObject({ entity: z.string().max(40), entityId: z.string().max(60) })
    .nullable()
    .default(null),
  /** Days of the customer's calendar, both included. */
  from: zDay.nullable().default(null),
  to: zDay.nullable().default(null),
  outcome: z.enum(['all', 'done', 'denied']).default('all'),
  /** Where the page before ended. */
  cursor: z
    .string()
    .regex(/^\d{1,15}-\d{1,15}$/)
    .nullable()
    .default(null),
})
export type ActivityQuery = z.infer<typeof zActivityQuery>

export const zActivityOfCustomer = zActivityQuery.extend({ customer: z.number().int().positive() })
export type ActivityOfCustomer = z.infer<typeof zActivityOfCustomer>

export const zCustomerRef = zActivityOfCustomer.pick({ customer: true })
export type CustomerRef = z.infer<typeof zCustomerRef>

export type ActivityPerson = { user: number; name: string }

export const activityPerPage = 50

/** Something that was done, or tried. */
export type ActivityRow = {
  id: number
  at: string
  actor: string
  realm: string
  onBehalfOf: string | null
  action: string
  entity: string
  entityId: string
  /** What it was done to, as people call it. */
  subject: string | null
  name: string | null
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
  outcome: 'done' | 'denied'
}

export type ActivityPage = {
  rows: ActivityRow[]
  /** For what is older; null at the end. */
  next: string | null
  /** Whose calendar the days are of. */
  timeZone: string
}

/** What an address asks for: `?kind=lines&who=2&q=ph46170x1&from=2026-11-01`. What it can't be, is left out. */
export function queryOf(address: Readonly<Record<string, unknown>>): ActivityQuery {
  const shape = zActivityQuery.shape
  const asked = (name: string, as: z.ZodType) => {
    const value = as.safeParse(address[name])
    return value.success ? value.data : undefined
  }
  const about = /^([a-z_]{1,40})\.([\w-]{1,60})$/.exec(String(address.about ?? ''))
  const who = /^\d{1,9}$/.test(String(address.who ?? '')) ? Number(address.who) : undefined
  return zActivityQuery.parse({
    kind: asked('kind', shape.kind),
    who: who ?? asked('who', shape.who),
    search: asked('q', shape.search),
    about: about ? { entity: about[1], entityId: about[2] } : null,
    from: asked('from', shape.from) ?? null,
    to: asked('to', shape.to) ?? null,
    outcome: asked('outcome', shape.outcome),
    cursor: asked('cursor', shape.cursor) ?? null,
  })
}

/** The address's part after the question mark for a query; what is nothing special isn't there. */
export function addressOf(query: ActivityQuery): string {
  const { kind, who, search, about, from, to, outcome, cursor } = query
  const parts = {
    kind: kind === 'all' ? '' : kind,
    who: who === 'anybody' ? '' : String(who),
    q: search,
    about: about ? `${about.entity}.${about.entityId}` : '',
    from: from ?? '',
    to: to ?? '',
    outcome: outcome === 'all' ? '' : outcome,
    cursor: cursor ?? '',
  }
  return new URLSearchParams(Object.entries(parts).filter(([, value]) => value)).toString()
}
