/** What the simulator's own pages say. It is the outside: its texts are not in our catalogues. */
export type Texts = Readonly<{
  fields: Readonly<{
    title: string
    number: string
    expiry: string
    expiryHint: string
    cvc: string
    cvcHint: string
    name: string
    faults: Readonly<{
      number: FaultTexts
      expiry: FaultTexts
      cvc: FaultTexts
    }>
  }>
  challenge: Readonly<{
    bank: string
    title: string
    ask: (amount: string, last4: string) => string
    order: string
    approve: string
    decline: string
    over: string
    back: string
    simulated: string
  }>
}>

type FaultTexts = Readonly<Record<string, string>>

const en: Texts = {
  fields: {
    title: 'Card details',
    number: 'Card number',
    expiry: 'Expiry',
    expiryHint: 'MM / YY',
    cvc: 'Security code',
    cvcHint: 'CVC',
    name: 'Name on card',
    faults: {
      number: {
        required: 'Enter the card number.',
        incomplete: 'Some digits of the card number are missing.',
        invalid: 'This is not a card number. Check the digits.',
        test_cards_only: 'This is a simulator: use a test card, such as 4242 4242 4242 4242.',
      },
      expiry: {
        required: 'Enter the date on the card.',
        incomplete: 'Enter month and year, like 08 / 29.',
        invalid: 'There is no such date on a card.',
        past: 'This card has expired. Use another one.',
      },
      cvc: {
        required: 'Enter the security code.',
        incomplete: 'Some digits of the security code are missing.',
        invalid: 'The security code is digits only: 3, or 4 on American Express.',
      },
    },
  },
  challenge: {
    bank: 'Simulated Bank',
    title: 'Confirm your payment',
    ask: (amount, last4) => `Do you want to pay ${amount} with your card ending in ${last4}?`,
    order: 'Reference',
    approve: 'Approve',
    decline: 'Decline',
    over: 'Nothing is left to confirm here.',
    back: 'You can go back to your order.',
    simulated: 'This bank is simulated. No money moves.',
  },
}

const es: Texts = {
  fields: {
    title: 'Datos de la tarjeta',
    number: 'Número de tarjeta',
    expiry: 'Caducidad',
    expiryHint: 'MM / AA',
    cvc: 'Código de seguridad',
    cvcHint: 'CVC',
    name: 'Nombre en la tarjeta',
    faults: {
      number: {
        required: 'Escriba el número de la tarjeta.',
        incomplete: 'Faltan cifras en el número de la tarjeta.',
        invalid: 'No es un número de tarjeta. Revise las cifras.',
        test_cards_only:
          'Esto es un simulador: use una tarjeta de prueba, como 4242 4242 4242 4242.',
      },
      expiry: {
        required: 'Escriba la fecha de la tarjeta.',
        incomplete: 'Escriba mes y año, por ejemplo 08 / 29.',
        invalid: 'Ninguna tarjeta tiene esa fecha.',
        past: 'Esta tarjeta ha caducado. Use otra.',
      },
      cvc: {
        required: 'Escriba el código de seguridad.',
        incomplete: 'Faltan cifras en el código de seguridad.',
        invalid: 'El código de seguridad solo tiene cifras: 3, o 4 en American Express.',
      },
    },
  },
  challenge: {
    bank: 'Banco simulado',
    title: 'Confirme su pago',
    ask: (amount, last4) => `¿Quiere pagar ${amount} con su tarjeta terminada en ${last4}?`,
    order: 'Referencia',
    approve: 'Aprobar',
    decline: 'Rechazar',
    over: 'Ya no queda nada que confirmar aquí.',
    back: 'Puede volver a su pedido.',
    simulated: 'Este banco es simulado. No se mueve dinero.',
  },
}

export const textsIn = (locale: string): { locale: 'en' | 'es'; texts: Texts } =>
  locale.toLowerCase().startsWith('es') ? { locale: 'es', texts: es } : { locale: 'en', texts: en }
