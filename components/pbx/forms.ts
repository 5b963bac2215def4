import { z } from 'zod'
import { zAddAttendant, zAddExtension } from '#server/pbx/schema.ts'

/** A radio button holds text; `choose` is what to say when none is pressed. */
const zChosenProduct = z.string({ error: 'choose' }).min(1, { error: 'choose' }).transform(Number)

/** The server's schemas, as forms fill them in; the key is made when they are sent. */
export const zExtensionForm = zAddExtension.omit({ key: true }).extend({ product: zChosenProduct })
export const zAttendantForm = zAddAttendant.omit({ key: true }).extend({ product: zChosenProduct })

export type NewExtension = z.output<typeof zExtensionForm>
export type NewAttendant = z.output<typeof zAttendantForm>

/** What the server refuses about one field, by its code. */
export const fieldOfRefusal = {
  'agreement.quantity_exceeded': 'product',
  'agreement.not_included': 'product',
  'accounts.wrong_product': 'product',
  'catalog.product_not_found': 'product',
  'numbers.not_available': 'numbers',
  'numbers.given_twice': 'numbers',
  'accounts.alias_taken': 'numbers',
} as const
