import { z } from 'zod'
import type { CivilDate } from '#server/kernel/civil.ts'
import type { DecimalString } from '#server/kernel/money.ts'

/** What a file says of an extension, in the order of the template. */
export const columns = [
  'extension',
  'name',
  'numbers',
  'published',
  'email',
  'timezone',
  'product',
  'huntgroup',
] as const
export type Column = (typeof columns)[number]

export const mandatory: readonly Column[] = ['extension', 'product']

/** A file beyond these is refused as a whole. */
export const limits = {
  rows: 10_000,
  bytes: 10 * 1024 * 1024,
  /** Characters of one cell. */
  cell: 1_000,
  /** Bytes of a workbook's parts together, once inflated. */
  inflated: 96 * 1024 * 1024,
} as const

export type Cells = Readonly<Record<Column, string>>

/** A row as the file has it; `n` is its number in the spreadsheet, where the headings have one too. */
export type ReadRow = Readonly<{
  n: number
  cells: Cells
  /** What stood beside the last heading: cells have moved, or a comma wasn't quoted. */
  extra: string | null
}>

/** Said by code, in the reader's language: `bulk.faults.<code>`. */
export const faultCodes = [
  'required',
  'too_long',
  'too_many_cells',
  'swallowed_rows',
  'unreadable',
  'spreadsheet_error',
  'scientific',
  'decimal',
  'date',
  'digits_only',
  'extension_length',
  'duplicate',
  'extension_differs',
  'extension_reserved',
  'not_a_number',
  'number_not_provided',
  'number_in_use',
  'number_duplicate',
  'too_many_numbers',
  'yes_or_no',
  'email',
  'zone_unknown',
  'product_unknown',
  'product_wrong_kind',
  'group_unknown',
  // Not faults, but worth a look: the row can be taken as it is.
  'zero_lost',
  'garbled',
  // Of a row beyond the agreement, where it is listed with the others.
  'over',
] as const
export type FaultCode = (typeof faultCodes)[number]

export const isWarning = ({ code }: Fault): boolean => code === 'zero_lost' || code === 'garbled'

/** One thing that is wrong: where, and what is needed to say it in a sentence. */
export type Fault = Readonly<{
  /** Null: the row as a whole. */
  column: Column | null
  code: FaultCode
  details?: Readonly<Record<string, string | number>>
}>

/**
 * What becomes of a row: it can be made, is there already as it stands, is beyond the agreement, has
 * a fault; and then it was made, and perhaps taken back.
 */
export const rowStates = ['good', 'unchanged', 'over', 'faulty', 'made', 'undone'] as const
export type RowState = (typeof rowStates)[number]

export const batchStates = [
  'checked',
  'applying',
  'applied',
  'undoing',
  'undone',
  'waiting',
  'rejected',
  'ordered',
] as const
export type BatchState = (typeof batchStates)[number]

export const applyModes = ['all', 'good', 'order'] as const
export type ApplyMode = (typeof applyModes)[number]

/** Of one product: what the rows ask for beside what the agreement has. */
export type Headroom = Readonly<{
  product: number
  name: string
  used: number
  quantity: number | null
  /** Rows that ask for it and have no fault. */
  asked: number
  /** Of them, those beyond the agreement. */
  over: number
  /** What one costs. */
  monthly: DecimalString
  activation: DecimalString
  /** It is not paid by the month: `monthly` is what that comes to. */
  average?: boolean
  /** What the next invoice has for one; batches of before say nothing of it. */
  nextInvoice?: DecimalString
}>

/** What the good rows cost, tax not included. */
export type Price = Readonly<{
  currency: string
  /** Charged when the button is pressed. */
  now: DecimalString
  monthly: DecimalString
  /** Some of it is not paid by the month: `monthly` is what that comes to. */
  average?: boolean
  activation: DecimalString
  /** What the next invoice has for them: activation, days until it, and what it pays in advance. */
  nextInvoice: DecimalString
  invoiceOn?: CivilDate
}>

export type Counts = Readonly<Record<'good' | 'unchanged' | 'over' | 'faulty', number>>

/** The dry run: what would become of the rows. */
export type Report = Readonly<{
  counts: Counts
  headroom: readonly Headroom[]
  price: Price
  /** The same for the rows beyond the agreement, once they are approved. */
  overPrice: Price
  /** Headings that are not read. */
  ignored: readonly string[]
}>

/** Why work in the background came to nothing; a refusal's code and details. */
export type Failure = Readonly<{
  code: string
  details: Readonly<Record<string, string | number | boolean | null | readonly string[]>>
  message: string
}>

export type BatchView = {
  id: string
  fileName: string
  state: BatchState
  mode: ApplyMode | null
  by: string
  at: string
  total: number
  /** Rows that the work in the background has before it; `done` of them are behind it. */
  work: number
  done: number
  made: number
  report: Report
  failure: Failure | null
  appliedAt: string | null
  undoUntil: string | null
  undoneAt: string | null
  /** Of an order: who decided, when, and why not. */
  decidedBy: string | null
  decidedAt: string | null
  reason: string | null
  /** Whether it is an order: rows of another batch that were beyond the agreement. */
  isOrder: boolean
  /** The order that the rows beyond the agreement became. */
  order: string | null
}

export type RowView = {
  n: number
  cells: Cells
  extra: string | null
  state: RowState
  faults: readonly Fault[]
}

/** An order as an administrator sees it. */
export type OrderView = BatchView & { customer: { id: number; name: string } }

const zId = z.uuid()

export const zBatchRef = z.strictObject({ id: zId })
export type BatchRef = z.infer<typeof zBatchRef>

export const rowsPerPage = 200

export const zRowPage = z.strictObject({
  id: zId,
  only: z.enum(['all', 'attention']).default('all'),
  /** The last row of the page before; tRPC's infinite queries call it so. */
  cursor: z.number().int().min(0).nullish(),
  direction: z.enum(['forward', 'backward']).optional(),
})
export type RowPage = z.infer<typeof zRowPage>

export const zMend = z.strictObject({
  id: zId,
  rows: z
    .array(
      z.strictObject({
        n: z.number().int().min(1),
        cells: z.partialRecord(z.enum(columns), z.string().max(limits.cell)),
      }),
    )
    .min(1)
    .max(500),
})
export type Mend = z.infer<typeof zMend>

export const zDropRows = z.strictObject({
  id: zId,
  rows: z.array(z.number().int().min(1)).min(1).max(500),
})
export type DropRows = z.infer<typeof zDropRows>

export const zApply = z.strictObject({ id: zId, mode: z.enum(applyModes) })
export type Apply = z.infer<typeof zApply>

export const zRejectOrder = z.strictObject({
  id: zId,
  reason: z.string().trim().min(1).max(500),
})
export type RejectOrder = z.infer<typeof zRejectOrder>
