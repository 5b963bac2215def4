import { deriveSecrets } from '#server/runtime/secrets.ts'

/** Known to every test and used by nothing else. */
export const testSecrets = deriveSecrets('a secret for tests, and for tests alone, of 50 letters')

export const testPasswords = {
  owner: 'owner-of-tests',
  app: 'app-of-tests',
  query: 'query-of-tests',
}
