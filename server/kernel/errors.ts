/**
 * What kind of "no" an answer is. Every face of the product (pages, JSON, SOAP, REST) translates
 * every kind, or it does not compile.
 */
export const refusalKinds = [
  'invalid', // what was sent can't be right: mend the input
  'unauthenticated', // nobody is signed in
  'forbidden', // somebody is, and may see it, but may not do this
  'not_found', // does not exist, or isn't yours: the same answer
  'conflict', // right in itself, but not in the state things are in now
  'gone', // was there, has lapsed
  'too_many', // come back later
  'declined', // the payment was refused
  'unavailable', // something we need is down: the same request may succeed in a moment
] as const

export type RefusalKind = (typeof refusalKinds)[number]

/** Facts a sentence was made from, so that a page can say it in another language. */
export type RefusalDetails = Readonly<
  Record<string, string | number | boolean | null | readonly string[]>
>

/** An expected "no": kind for machines, stable code for programs, sentence for people. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly kind: RefusalKind
  readonly code: string
  readonly details: RefusalDetails

  constructor(kind: RefusalKind, code: string, message: string, details: RefusalDetails = {}) {
    super(message)
    this.kind = kind
    this.code = code
    this.details = details
  }
}

export const refuse = (
  kind: RefusalKind,
  code: string,
  message: string,
  details?: RefusalDetails,
): Refusal => new Refusal(kind, code, message, details)
