import { cookies, headers } from 'next/headers'
import { loginHref } from './return-address.ts'

/** The login, leading back to the page that is asked for now. */
export async function theLogin(): Promise<string> {
  const [jar, head] = await Promise.all([cookies(), headers()])
  const hadSession = jar.getAll().some(({ name }) => name.endsWith('next-auth.session-token'))
  return loginHref(head.get('x-portico-path') ?? undefined, hadSession)
}
