import type { RefusalDetails, RefusalKind } from '#server/kernel/errors.ts'

type Given =
  | Readonly<{ provider: 'password'; login: string; password: string }>
  | Readonly<{ provider: 'door'; door: string }>

type Refusal = Readonly<{ kind: RefusalKind; code: string; details: RefusalDetails }>

/**
 * Signs in through next-auth's own endpoint, which sets the cookie.
 *
 * @throws what `refusedBy` reads: the server's refusal, or a TypeError when nobody answered
 */
export async function signIn({ provider, ...credentials }: Given): Promise<void> {
  const { csrfToken } = (await (await fetch('/api/auth/csrf')).json()) as { csrfToken: string }
  const response = await fetch(`/api/auth/callback/${provider}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ ...credentials, csrfToken, json: 'true' }),
  })
  const { url } = (await response.json()) as { url: string }
  const error = new URL(url, location.origin).searchParams.get('error')
  if (!response.ok || error) throw new SignInRefused(error)
}

class SignInRefused extends Error {
  readonly data: Readonly<{ refusal?: Refusal }>

  constructor(text: string | null) {
    super('sign-in refused')
    this.data = { refusal: refusalIn(text) }
  }
}

/** Ours comes as JSON; anything else is next-auth's own trouble. */
function refusalIn(text: string | null): Refusal | undefined {
  try {
    return JSON.parse(text ?? '') as Refusal
  } catch {
    return undefined
  }
}
