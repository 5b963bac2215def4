import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
} from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The installation's master secret, and the keys derived from it, one a purpose. */
export type Secrets = Readonly<{
  /** Hex key of 32 bytes for one purpose; the same purpose always gives the same key. */
  key(purpose: string): string
  /** Encrypts what must be read again (SIP passwords): AES-256-GCM, bound to `context`. */
  seal(text: string, context: string): string
  open(sealed: string, context: string): string
}>

/** From PORTICO_SECRET, or a file made on the first start that only its owner can read. */
export async function loadSecrets(dataDir: string, given: string | undefined): Promise<Secrets> {
  return deriveSecrets(given ?? (await secretFile(dataDir)))
}

async function secretFile(dataDir: string): Promise<string> {
  const path = join(dataDir, 'secret')
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  try {
    await writeFile(path, randomBytes(48).toString('base64url'), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  return readFile(path, 'utf8')
}

export function deriveSecrets(master: string): Secrets {
  const derive = (purpose: string) =>
    Buffer.from(hkdfSync('sha256', master, 'portico', purpose, 32))
  const sealing = derive('seal')

  return {
    key: (purpose) => derive(`key:${purpose}`).toString('hex'),
    seal(text, context) {
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', sealing, iv).setAAD(Buffer.from(context))
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return `v1.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')}`
    },
    open(sealed, context) {
      const bytes = Buffer.from(sealed.replace(/^v1\./, ''), 'base64url')
      // A whole tag or none: shorter ones, which Node would take, can be found by trying.
      const decipher = createDecipheriv('aes-256-gcm', sealing, bytes.subarray(0, 12), {
        authTagLength: 16,
      })
        .setAAD(Buffer.from(context))
        .setAuthTag(bytes.subarray(12, 28))
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
    },
  }
}

/** An unguessable token for cookies and links: 256 bits. */
export const newToken = () => randomBytes(32).toString('base64url')

/** What is kept of a token. Tokens have full entropy, so a plain hash is enough. */
export const hashToken = (token: string) => createHash('sha256').update(token).digest('hex')

/** A hash that can't be reversed by trying all phone numbers, addresses or e-mails. */
export const pseudonym = (key: string, text: string) =>
  createHmac('sha256', key).update(text).digest('base64url').slice(0, 32)

// No look-alikes (0 O, 1 l I), so that it can be read out on the phone.
const alphabet = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789'

/** A random password: never derived from anything. 16 characters are about 92 bits. */
export function randomPassword(length = 16): string {
  let text = ''
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      // Bytes past the last whole multiple are dropped: every letter is equally likely.
      if (byte < 256 - (256 % alphabet.length) && text.length < length) {
        text += alphabet[byte % alphabet.length]
      }
    }
  }
  return text
}
