import { createHmac } from 'node:crypto'
import type { EnvId, SiteId } from '#server/kernel/ids.ts'
import { isLocale, type Locale, localeCookie } from '#server/kernel/locale.ts'
import { type Actor, system } from '#server/runtime/actor.ts'
import type { Outside } from '#server/runtime/outside.ts'
import { hashToken, type Secrets } from '#server/runtime/secrets.ts'
import type { Edge } from '#server/runtime/unit-of-work.ts'
import { siteClosed, siteUnknown } from './errors.ts'
import { type Limits, limits } from './limits.ts'
import * as repo from './repo.sites.ts'
import { draftDays } from './schema.ts'

/** What a prospect's call arrives with. */
export type Visit = Readonly<{
  edge: Edge
  outside: Outside
  cookies: Readonly<{
    get(name: string): string | undefined
    set(name: string, value: string, maxAgeSeconds: number): void
  }>
}>

export type Site = repo.SiteRow

/** A visit to a site that is known: what is done is done in its environment. */
export type Desk = Readonly<{
  visit: Visit
  site: Site & { id: SiteId }
  /** The prospect sees its own draft, free numbers and the catalogue, and nothing else. */
  edge: Edge
  /** For what no prospect may touch: counters, payments, customers. Checks whose draft it is itself. */
  asSystem: Edge
  /** Hash of the draft's token; a prospect without one has none that fits. */
  tokenHash: string
  /** The language the visitor has switched to, where the site speaks it. */
  language: Locale | undefined
  limits: Limits
}>

const cookieOf = (slug: string) => `portico_signup_${slug}`

/**
 * Which environment a site belongs to is asked at the front desk, where only sites can be seen.
 *
 * @throws not_found `signup.site_unknown`
 */
export async function enter(visit: Visit, slug: string): Promise<Desk> {
  const frontDesk = { env: 0, scope: 'none' } as const
  const [site] = await visit.edge.database.ask<Site>(frontDesk, repo.siteBySlug(slug))
  if (!site) throw siteUnknown()
  return deskOf(visit, site)
}

/**
 * For what leads to an order. A closed site takes none; who has ordered still sees it through.
 *
 * @throws not_found `signup.site_unknown`, gone `signup.site_closed`
 */
export async function enterOpen(visit: Visit, slug: string): Promise<Desk> {
  const desk = await enter(visit, slug)
  demandOpen(desk)
  return desk
}

/** @throws gone `signup.site_closed` */
export function demandOpen({ site }: Desk): void {
  if (!site.open) throw siteClosed()
}

export function deskOf(visit: Visit, site: Site): Desk {
  const token = visit.cookies.get(cookieOf(site.slug))
  const language = visit.cookies.get(localeCookie)
  const { ip, userAgent } = visit.edge.actor
  const tokenHash = token ? hashToken(token) : ''
  const env = site.env as EnvId
  const prospect: Actor = { realm: 'signup', name: 'prospect', draft: tokenHash, ip, userAgent }
  return {
    visit,
    site: { ...site, id: site.id as SiteId },
    edge: { ...visit.edge, env, actor: prospect },
    asSystem: { ...visit.edge, env, actor: { ...system('signup'), ip, userAgent } },
    tokenHash,
    language: isLocale(language) && site.locales.includes(language) ? language : undefined,
    limits: { ...limits, ...visit.outside.limits },
  }
}

/**
 * A draft's token. Made from its id, so that a second browser gets the same one from a mailed link;
 * the database has only its hash, from which nobody without our secret can make it.
 */
export const draftToken = (secrets: Secrets, draft: string) =>
  createHmac('sha256', secrets.key('signup-draft')).update(draft).digest('base64url')

export const giveCookie = ({ visit, site }: Desk, draft: string) =>
  visit.cookies.set(cookieOf(site.slug), draftToken(visit.edge.secrets, draft), draftDays * 86_400)

export const takeCookie = ({ visit, site }: Desk) => visit.cookies.set(cookieOf(site.slug), '', 0)
