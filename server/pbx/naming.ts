import type { CustomerId } from '#server/kernel/ids.ts'

/** Accounts made on behalf of an extension are called after it: ph46170x4665. */
export const extensionAccountId = (customer: CustomerId, extension: string) =>
  `ph${customer}x${extension}`

/** Those of auto attendants after their sequence number: ph46170aa1. */
export const attendantAccountId = (customer: CustomerId, n: number) => `ph${customer}aa${n}`
