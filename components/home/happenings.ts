import type { Happening } from '#server/events/schema.ts'

/** Shown on a home page. */
const SHOWN = 8

/** That an extension was added says that it has an account and what that is charged by. */
const ofTheSame = (event: Happening, other: Happening): boolean =>
  (other.type === 'extension.added' || other.type === 'auto_attendant.added') &&
  other.entity === event.entity &&
  other.entityId === event.entityId

/** Events that say again, from another side, what a fuller one says. */
const fuller: Readonly<Record<string, (event: Happening, other: Happening) => boolean>> = {
  'account.created': ofTheSame,
  'subscription.started': ofTheSame,
  'number.assigned': (event, other) =>
    other.type === 'account.alias_added' && other.payload.alias === event.payload.number,
}

/** What is somebody's own affair, or the provider's while it looks at a bill. */
export const untold: ReadonlySet<string> = new Set([
  'user.mails_set',
  'customer.billing_parked',
  'customer.billing_released',
])

/** What a person wants to read of what happened: one line a fact, newest first. */
export const worthTelling = (events: readonly Happening[]): readonly Happening[] =>
  events
    .filter((event) => !untold.has(event.type))
    .filter((event) => !events.some((other) => fuller[event.type]?.(event, other)))
    .slice(0, SHOWN)

/** As many events as are asked for, so that enough are left to tell. */
export const eventsAsked = 30
