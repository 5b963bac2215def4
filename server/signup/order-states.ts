/** Every state a signup order is in; browsers, the saga and the database read the same list. */
export const orderStates = [
  'submitted',
  'action_required',
  'authorized',
  'provisioned',
  'captured',
  'completed',
  'voiding',
  'failed',
] as const

export type OrderState = (typeof orderStates)[number]

/** Every move there is; a state in its own list is repeated with a new fence. */
export const orderMoves = {
  submitted: ['submitted', 'action_required', 'authorized', 'voiding', 'failed'],
  action_required: ['action_required', 'authorized', 'voiding', 'failed'],
  authorized: ['provisioned', 'voiding'],
  provisioned: ['provisioned', 'captured', 'completed'],
  captured: ['captured', 'completed'],
  completed: [],
  voiding: ['voiding', 'failed'],
  failed: [],
} as const satisfies Record<OrderState, readonly OrderState[]>

/** There is a customer, and it stays: the confirmation page can be shown. */
export const isServed = (state: OrderState): boolean =>
  state === 'provisioned' || state === 'captured' || state === 'completed'

export const isOver = (state: OrderState): boolean => orderMoves[state].length === 0
