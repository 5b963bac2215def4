/** What a customer's person may do; `rights.ts` says which rights each has. */
export const roles = ['administrator', 'billing', 'read_only'] as const
export type Role = (typeof roles)[number]
