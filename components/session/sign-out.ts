import { paths } from '#server/kernel/routes.ts'

/** Ends the session by next-auth's own endpoint, then leaves with a fresh page: nothing stays in memory. */
export async function signOut(): Promise<void> {
  const { csrfToken } = (await (await fetch('/api/auth/csrf')).json()) as { csrfToken: string }
  await fetch('/api/auth/signout', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ csrfToken, json: 'true' }),
  })
  location.assign(paths.login())
}
