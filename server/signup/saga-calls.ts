import type { Money } from '#server/kernel/money.ts'
import { type Gateway, GatewayUnknown, gatewayOf } from '#server/payments/gateway.ts'
import type { Log } from '#server/runtime/log.ts'
import { type Answer, gatewayKeys, type SagaCall } from './saga-types.ts'

/** What the gateway, the payment's own, is told about an order; `ref` is the payment's key. */
export type OrderToPay = Readonly<{
  gateway: string
  ref: string
  amount: Money
  currency: string
  token: string
}>

export type GatewaySagaCall = Extract<SagaCall, { afterSeconds: number }>

/**
 * Takes one call of the saga, under the key it always has. Whatever goes wrong is the answer
 * `unknown`: tries are counted, and in the end an operator is called, also where the fault is ours.
 */
export async function ask(
  gateways: Parameters<typeof gatewayOf>[0],
  order: OrderToPay,
  call: GatewaySagaCall,
  log: Log,
): Promise<Answer> {
  try {
    return await take(gatewayOf(gateways, order.gateway), order, call)
  } catch (error) {
    const level = error instanceof GatewayUnknown ? 'warn' : 'error'
    log[level]({ err: error, order: order.ref, call: call.call }, 'no answer from the gateway')
    return { state: 'unknown' }
  }
}

function take(gateway: Gateway, order: OrderToPay, call: GatewaySagaCall): Promise<Answer> {
  const keys = gatewayKeys(order.ref)
  const { ref: orderRef, amount, currency, token } = order
  switch (call.call) {
    case 'create_intent':
      return gateway.createIntent({ key: keys.create, amount, currency, orderRef, token })
    case 'confirm':
      return gateway.confirm({ key: keys.confirm, intent: call.intent })
    case 'lookup':
      return gateway.lookup({ intent: call.intent })
    case 'capture':
      return gateway.capture({ key: keys.capture, intent: call.intent, amount })
    case 'cancel':
      return gateway.cancel({ key: keys.cancel, intent: call.intent })
  }
}
