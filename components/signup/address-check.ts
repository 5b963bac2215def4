import { codedResolver, type Say } from '#components/form/coded-resolver.ts'
import { type Address, zAddress } from '#server/signup/schema.ts'
import type { AddressValues } from './address-form.tsx'

/** The server's own rules, with the world's numbering plans: fetched when the form is first used. */
export const addressResolver = (say: Say) =>
  codedResolver<AddressValues, Address>(zAddress as never, say)
