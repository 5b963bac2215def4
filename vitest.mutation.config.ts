import { defineConfig } from 'vitest/config'

/** The pure tests of money and time, for mutation testing: fewer examples of each property, for they run a thousand times. */
export default defineConfig({
  test: {
    include: [
      'server/kernel/money.test.ts',
      'server/kernel/proration.test.ts',
      'server/kernel/civil.time.test.ts',
      'server/billing/{propose,propose.property,day-sets,invoice,cycle.time,collect,tax}.test.ts',
      'server/payments/stripe/{amounts,heard}.test.ts',
      'server/signup/{saga,saga.steps}.test.ts',
    ],
    // West of Greenwich, where a day taken for an instant is the day before.
    env: { PORTICO_MUTATION: '1', TZ: 'America/Vancouver' },
  },
})
