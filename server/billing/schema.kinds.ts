/** Why a balance changed; the first seven are what bills are made of. */
const lineKinds = [
  'activation',
  'periodic',
  'discount',
  // Days of a period charged before that turned out free: blocked, or after the end …
  'blocked',
  'ended',
  // … and days that were free before and turned out not to be.
  'adjustment',
  'usage',
  // Written by an administrator, with a reason.
  'charge',
  'credit',
] as const

const entryKinds = [
  ...lineKinds,
  'tax',
  'rounding',
  'payment',
  'refund',
  'void',
  // What was open of an invoice, and nobody asks for any more.
  'write_off',
] as const

export type LineKind = (typeof lineKinds)[number]
export type EntryKind = (typeof entryKinds)[number]

/** Who asks whom, as an invoice says it for ever. */
export type Parties = Readonly<Record<'issuer' | 'recipient', Readonly<Record<string, string>>>>

/** What a line says beside its amount. */
export type LineDetails = Readonly<Record<string, string | number | null>>
