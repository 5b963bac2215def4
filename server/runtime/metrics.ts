import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** What `/metrics` shows. Labels never carry ids, addresses or anything with many values. */
export const registry = new Registry()

collectDefaultMetrics({ register: registry })

export const httpSeconds = new Histogram({
  name: 'portico_http_seconds',
  help: 'Time to answer, by kind of address and status class.',
  labelNames: ['route', 'status'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  registers: [registry],
})

export const signupSteps = new Counter({
  name: 'portico_signup_orders_total',
  help: 'Checkouts by the state they reached.',
  labelNames: ['state'],
  registers: [registry],
})

export const operatorNeeded = new Gauge({
  name: 'portico_operator_needed',
  help: 'Checkouts that wait for a person.',
  registers: [registry],
})

export const databaseWaiting = new Gauge({
  name: 'portico_database_waiting',
  help: 'Units of work waiting for a connection.',
  registers: [registry],
})
