import type { WhyNotService } from '#server/customers/schema.settings.ts'
import { refuse } from '#server/kernel/errors.ts'

export const customerNotFound = () =>
  refuse('not_found', 'customers.not_found', 'There is no such customer.')

export const classNotFound = () =>
  refuse('not_found', 'customers.class_not_found', 'There is no such customer class.')

export const classNameTaken = (name: string) =>
  refuse('conflict', 'customers.class_name_taken', `There is a class called ${name} already.`, {
    name,
  })

export const classInUse = (name: string, currency: string) =>
  refuse(
    'conflict',
    'customers.class_in_use',
    `${name} is in use, so its currency stays ${currency}. Add another class.`,
    { name, currency },
  )

export const classOfOtherCurrency = (name: string, currency: string) =>
  refuse(
    'conflict',
    'customers.class_currency',
    `${name} bills in another currency than the customer’s, ${currency}.`,
    { name, currency },
  )

const sentences: Record<WhyNotService['code'], string> = {
  'customers.suspended_already': 'Service is suspended already.',
  'customers.closed': 'This customer is closed.',
  'customers.not_suspended': 'Service isn’t suspended.',
  'customers.restored_by_paying':
    'Service was suspended because of money, and is restored as soon as that is paid or credited.',
}

/** What `whyNotSuspend` or `whyNotRestore` said, as a refusal. */
export const serviceRefused = ({ code, details }: WhyNotService) =>
  refuse('conflict', code, sentences[code], { ...details })
