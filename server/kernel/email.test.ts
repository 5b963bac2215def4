import { expect, test } from 'vitest'
import { normaliseEmail } from './email.ts'

test.each([
  ['adam@example.com', 'adam@example.com'],
  ['  Adam.Smith+pbx@EXAMPLE.Com\n', 'Adam.Smith+pbx@example.com'],
  ["o'brien@mail.example.ie", "o'brien@mail.example.ie"],
  ['a@b.co', 'a@b.co'],
  ['info@Bücher.example', 'info@bücher.example'],
  ['info@xn--bcher-kva.example', 'info@xn--bcher-kva.example'],
  [`${'a'.repeat(64)}@example.com`, `${'a'.repeat(64)}@example.com`],
])('%j is kept as %j', (text, kept) => expect(normaliseEmail(text)).toBe(kept))

test.each([
  '',
  '@',
  'adam',
  'adam@',
  '@example.com',
  'adam@localhost',
  'adam@example..com',
  'adam@.example.com',
  'adam@example.com.',
  'adam@-example.com',
  'adam@example-.com',
  'adam@192.168.0.1',
  'adam@[192.168.0.1]',
  '.adam@example.com',
  'adam.@example.com',
  'ad..am@example.com',
  'ad am@example.com',
  'adam@exam ple.com',
  'adam@@example.com',
  'adam@eve@example.com',
  'Adam <adam@example.com>',
  'adam@example.com,eve@example.com',
  'adam@example.com\r\nBcc: eve@example.com',
  '"adam"@example.com',
  `${'a'.repeat(65)}@example.com`,
  `adam@${'a'.repeat(64)}.com`,
  `adam@${'a.'.repeat(125)}com`,
])('%j is no address', (text) => expect(normaliseEmail(text)).toBeUndefined())
