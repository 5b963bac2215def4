import { Refusal } from '#server/kernel/errors.ts'
import { type Money, money } from '#server/kernel/money.ts'
import * as faults from '#server/usage/errors.ts'
import { type Given, limits } from '#server/usage/schema.ts'

/** A record whose every cell can be read; whose it is, is not known yet. */
export type Read = Readonly<{
  row: number
  id: string
  account: string
  service: string
  startedAt: Date
  duration: string
  volume: string
  amount: Money
  currency: string
  destination: string
}>

/** With seconds and a zone; PostgreSQL and people agree on what it means. */
const moment = /^(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/

function readMoment(text: string): Date {
  const [, day] = moment.exec(text) ?? []
  const at = new Date(text.replace(' ', 'T'))
  // The parser lets February 30 pass for March 2.
  const isDay = day && new Date(`${day}T00:00:00Z`).toISOString().startsWith(day)
  if (!isDay || Number.isNaN(at.getTime()) || at.getUTCFullYear() < 2000) {
    throw faults.startMalformed()
  }
  return at
}

function readAmount(text: string): Money {
  if (/^-\d/.test(text)) throw faults.amountNegative()
  if (/^\d{1,15}\.\d{6,}$/.test(text) && !/^\d+\.\d{5}0+$/.test(text)) {
    throw faults.amountTooPrecise()
  }
  try {
    return money(text.replace(/(\.\d{5})0+$/, '$1'))
  } catch {
    throw faults.amountMalformed()
  }
}

/** Cell by cell, as it was written, without a look at anything else. */
export function read(row: number, given: Given): Read | Refusal {
  const id = given.id.trim()
  const destination = given.destination.trim()
  try {
    if (id === '') throw faults.idMissing()
    if (id.length > limits.externalId) throw faults.textTooLong('id', limits.externalId)
    if (destination.length > limits.destination) {
      throw faults.textTooLong('destination', limits.destination)
    }
    return {
      row,
      id,
      account: given.account.trim(),
      service: given.service.trim(),
      startedAt: readMoment(given.start.trim()),
      duration: given.duration.trim(),
      volume: given.volume.trim(),
      amount: readAmount(given.amount.trim()),
      currency: given.currency.trim().toUpperCase(),
      destination,
    }
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}
