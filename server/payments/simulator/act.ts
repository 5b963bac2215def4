import type { Bank } from './bank.ts'
import type { Spoken, Told } from './books.ts'
import type { Verb } from './control.ts'
import { zCapture, zConfirm, zCreate } from './wire.ts'

/** The last part of an address: `…/intents/pi_1/refunds`. None: an intent is created. */
export const verbOf = (path: string | undefined): Verb => {
  if (path === 'refunds') return 'refund'
  return (path as Verb | undefined) ?? 'create'
}

/** Does what our server asks for, once a key. */
export function act(bank: Bank, verb: Verb, key: string, id: string, body: unknown): Spoken<Told> {
  switch (verb) {
    case 'confirm':
      return bank.confirm(key, id, zConfirm.parse(body).offSession)
    case 'capture':
      return bank.capture(key, id, zCapture.parse(body).amount)
    case 'cancel':
      return bank.cancel(key, id)
    case 'refund':
      return bank.refund(key, id, zCapture.parse(body).amount)
    default:
      return bank.create(key, zCreate.parse(body))
  }
}

/** An intent, or the refund of it that was asked for with a key. */
export const look = (bank: Bank, id: string, of: string | undefined, key: string | null): Told =>
  of === 'refunds' ? bank.lookupRefund(key ?? '') : bank.lookup(id)
