import { TRPCClientError } from '@trpc/client'
import type { NextAuthOptions, User } from 'next-auth'
import credentials from 'next-auth/providers/credentials'
import { refusedBy } from '#components/trpc/refusal.ts'
import { api } from '#components/trpc/server.tsx'

/** Our session's token, on its way from `authorize` into the cookie and nowhere else. */
type Opened = User & { sid: string }

/**
 * A refusal travels to the form as next-auth's error text: kind, code and details as JSON, for the
 * form says it in the visitor's language.
 */
async function opened(asked: Promise<{ token: string }>): Promise<Opened> {
  try {
    const { token } = await asked
    return { id: 'session', sid: token }
  } catch (error) {
    throw new Error(JSON.stringify(refusalIn(error)))
  }
}

/** What doesn't even look like a login is answered like one that is wrong. */
function refusalIn(error: unknown) {
  const data = error instanceof TRPCClientError ? error.data : undefined
  if (data?.refusal) return data.refusal
  if (data?.fields) return { kind: 'unauthenticated', code: 'auth.sign_in_failed', details: {} }
  return { kind: 'unavailable', code: 'unavailable', details: {} }
}

/**
 * next-auth as a thin shell: its cookie carries nothing but our opaque session token, which the
 * server looks up on every request.
 */
export const authOptions: NextAuthOptions = {
  session: { strategy: 'jwt', maxAge: 12 * 60 * 60 },
  pages: { signIn: '/login', error: '/login' },
  providers: [
    credentials({
      id: 'password',
      name: 'Password',
      credentials: { login: {}, password: {} },
      authorize: (given) =>
        opened(
          api().auth.signIn.mutate({ login: given?.login ?? '', password: given?.password ?? '' }),
        ),
    }),
    credentials({
      id: 'door',
      name: 'One-time link',
      credentials: { door: {} },
      authorize: (given) => opened(api().auth.enter.mutate({ door: given?.door ?? '' })),
    }),
  ],
  callbacks: {
    jwt: ({ token, user }) => (user ? { sid: (user as Opened).sid } : token),
    // What a browser may ask next-auth: only that there is a session.
    session: ({ session }) => ({ expires: session.expires }),
  },
  events: {
    // Without this the session would stand for whoever has a copy of the cookie.
    async signOut() {
      try {
        await api().auth.signOut.mutate()
      } catch (error) {
        // It had ended before: signed out is what was wanted.
        if (refusedBy(error)?.kind !== 'unauthenticated') throw error
      }
    },
  },
}
