import { decode } from 'next-auth/jwt'
import type { SignedIn } from '#server/auth/service.ts'
import * as auth from '#server/auth/service.ts'
import type { App } from '#server/runtime/unit-of-work.ts'

/** next-auth's cookie: `__Secure-` where the site is on https. */
export const sessionCookies = [
  '__Secure-next-auth.session-token',
  'next-auth.session-token',
] as const

/** The token of a program's request. With one, cookies are not looked at. */
export const bearerOf = (authorization: string | undefined): string | undefined =>
  /^Bearer (\S{8,200})$/.exec(authorization ?? '')?.[1]

type From = {
  ip: string
  userAgent?: string
  authorization?: string
  cookie(name: string): string | undefined
}

/**
 * Who sends this request. The cookie is next-auth's, and holds nothing but our session's token; the
 * session's row is looked up each time, so that ending it takes effect at once.
 */
export async function identify(
  app: App,
  from: From,
  cookieKey: string,
): Promise<SignedIn | undefined> {
  const caller = { ...app, ip: from.ip, userAgent: from.userAgent }
  const bearer = bearerOf(from.authorization)
  if (bearer) return auth.whoseApiToken(caller, bearer)

  for (const name of sessionCookies) {
    const cookie = from.cookie(name)
    if (!cookie) continue
    const token = await sessionToken(cookie, cookieKey)
    if (token) return auth.whoHolds(caller, token)
  }
  return undefined
}

async function sessionToken(cookie: string, secret: string): Promise<string | undefined> {
  try {
    const jwt = await decode({ token: cookie, secret })
    return typeof jwt?.sid === 'string' ? jwt.sid : undefined
  } catch {
    // Made with another key, or tampered with: nobody is signed in.
    return undefined
  }
}
