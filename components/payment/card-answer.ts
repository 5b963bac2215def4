import type { CardSeen } from './protocol.ts'

/** A token for the card typed; faults the fields show themselves; or no answer from the gateway. */
export type CardAnswer =
  | Readonly<{ kind: 'token'; token: string; card: CardSeen }>
  | Readonly<{ kind: 'invalid' | 'unreached' }>

export type CardFieldsHandle = Readonly<{ tokenize: () => Promise<CardAnswer> }>
