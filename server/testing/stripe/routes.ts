import type { Verb } from '#server/payments/simulator/control.ts'
import type { Books } from './books.ts'
import { type Fields, StripeSays } from './objects.ts'

/** What is asked for, and what does it. `lost`: this card's answer never arrives, the first time. */
export type Route = Readonly<{
  verb: Verb | 'customer'
  act: (fields: Fields) => object
  lost?: () => boolean
}>

const expanded = (fields: Fields) =>
  Object.entries(fields).flatMap(([key, value]) => (key.startsWith('expand[') ? [value] : []))

const objects = { payment_intents: 'payment_intent', setup_intents: 'setup_intent' } as const

/** The part of Stripe's API that its library is used for here. */
export function routeOf(books: Books, method: string, path: string): Route {
  const get = method === 'GET'
  const [, list, name, verb] =
    /^\/v1\/(customers|payment_intents|setup_intents|payment_methods|refunds)(?:\/(\w+))?(?:\/(confirm|capture|cancel|detach))?$/.exec(
      path,
    ) ?? []

  if (list === 'customers' && !name && !get) {
    return { verb: 'customer', act: (fields) => books.createCustomer(fields) }
  }
  if (list === 'refunds' && !name) {
    return get
      ? {
          verb: 'lookup',
          act: (fields) => {
            const intent = books.intent(fields.payment_intent ?? '')
            return { object: 'list', has_more: false, data: books.refundsOf(intent.id) }
          },
        }
      : { verb: 'refund', act: (fields) => books.refund(fields) }
  }
  if (list === 'payment_methods' && name) {
    return verb === 'detach' && !get
      ? { verb: 'forget', act: () => books.detach(name) }
      : { verb: 'lookup', act: () => books.method(name) }
  }
  if (list !== 'payment_intents' && list !== 'setup_intents') {
    throw new StripeSays(404, {
      type: 'invalid_request_error',
      message: 'Unrecognized request URL',
    })
  }

  const shown = (intent: ReturnType<Books['intent']>, fields: Fields) =>
    books.show(intent, expanded(fields))
  if (!name) {
    return {
      verb: 'create',
      act: (fields) => shown(books.create(objects[list], fields), fields),
    }
  }
  if (get) return { verb: 'lookup', act: (fields) => shown(books.intent(name), fields) }

  // Looked at before it is done: afterwards it may be another.
  const behaviour = () => books.behaviourOf(books.intent(name).payment_method)
  switch (verb) {
    case 'confirm':
      return {
        verb,
        act: (fields) => shown(books.confirm(books.intent(name), fields), fields),
        lost: () => behaviour() === 'lose_confirmation',
      }
    case 'capture':
      return {
        verb,
        act: (fields) => shown(books.capture(books.intent(name), fields), fields),
        lost: () => behaviour() === 'lose_capture',
      }
    case 'cancel':
      return { verb, act: (fields) => shown(books.cancel(books.intent(name), fields), fields) }
    default:
      // A set-up's metadata: its end, for us a capture or a cancellation.
      return {
        verb: 'capture',
        act: (fields) => shown(books.update(books.intent(name), fields), fields),
      }
  }
}
