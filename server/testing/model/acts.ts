import fc from 'fast-check'
import type { ApplyMode } from '#server/bulk/schema.ts'

/** The main products of the story: one is active at once, one waits for an administrator. */
export const mainProducts = ['line', 'checked'] as const
export type MainProduct = (typeof mainProducts)[number]
export const products = [...mainProducts, 'recording'] as const
export type Product = (typeof products)[number]

/** All scarce, so that every rule is met again and again. */
export const extensions = ['101', '102', '103', '104', '105', '106', '107', '108'] as const
/** Numbers that the company was provided with. */
export const numberCount = 4

/** Which lines: the n-th of those that a move is for, or of all there ever were. */
export type Which = Readonly<{ at: readonly number[]; among: 'fit' | 'all' }>

export type ListRow = Readonly<{ extension: string; product: MainProduct; number: number | null }>

/** What somebody does, as data: told to the model, and done for real. */
export type Act =
  | Readonly<{ act: 'add'; extension: string; product: MainProduct; number: number | null }>
  | Readonly<{ act: 'bulk'; rows: readonly ListRow[]; mode: ApplyMode }>
  | Readonly<{ act: 'undoBulk'; which: number }>
  | Readonly<{ act: 'decide'; which: number; approve: boolean }>
  | Readonly<{ act: 'changeProduct'; lines: Which; product: MainProduct }>
  | Readonly<{ act: 'addRecording' | 'removeRecording'; lines: Which }>
  | Readonly<{ act: 'rename'; lines: Which; extension: string }>
  | Readonly<{ act: 'moveNumber'; number: number; lines: Which | null }>
  | Readonly<{ act: 'end' | 'restore' | 'approve' | 'reject'; lines: Which }>
  | Readonly<{ act: 'block' | 'unblock'; by: 'customer' | 'admin'; lines: Which }>
  | Readonly<{ act: 'agree'; product: Product; quantity: number | null }>
  | Readonly<{ act: 'withdraw'; product: Product }>
  | Readonly<{ act: 'wait' }>

const extension = fc.constantFrom(...extensions)
const main = fc.constantFrom(...mainProducts)
const product = fc.constantFrom(...products)
const ofOurs = fc.nat({ max: numberCount - 1 })
const number = fc.option(ofOurs, { freq: 2 })
const by = fc.constantFrom('customer' as const, 'admin' as const)
const among = fc.constantFrom('fit' as const, 'fit' as const, 'fit' as const, 'all' as const)
const some = fc.record({ at: fc.array(fc.nat({ max: 11 }), { minLength: 1, maxLength: 3 }), among })
const one = fc.record({ at: fc.tuple(fc.nat({ max: 11 })), among })
const oneOrNone: fc.Arbitrary<Which | null> = fc.option(one)
const which = fc.nat({ max: 5 })
const quantity = fc.option(fc.nat({ max: 6 }), { freq: 4 })
const row = fc.record({ extension, product: main, number })

const mode = fc.constantFrom<ApplyMode>('all', 'good', 'order', 'order')
const is = <A extends Act['act']>(act: A) => fc.constant(act)
const often = (weight: number, arbitrary: fc.Arbitrary<Act>) => ({ weight, arbitrary })

/** Anything a company and its provider may do; what makes lines is done more often. */
export const anAct: fc.Arbitrary<Act> = fc.oneof(
  often(6, fc.record({ act: is('add'), extension, product: main, number })),
  often(
    4,
    fc.record({ act: is('bulk'), rows: fc.array(row, { minLength: 1, maxLength: 4 }), mode }),
  ),
  often(3, fc.record({ act: is('undoBulk'), which })),
  often(4, fc.record({ act: is('decide'), which, approve: fc.boolean() })),
  often(2, fc.record({ act: is('changeProduct'), lines: some, product: main })),
  often(2, fc.record({ act: is('addRecording'), lines: some })),
  often(1, fc.record({ act: is('removeRecording'), lines: some })),
  often(2, fc.record({ act: is('rename'), lines: one, extension })),
  often(3, fc.record({ act: is('moveNumber'), number: ofOurs, lines: oneOrNone })),
  often(3, fc.record({ act: is('end'), lines: some })),
  often(3, fc.record({ act: is('restore'), lines: some })),
  often(2, fc.record({ act: is('approve'), lines: some })),
  often(1, fc.record({ act: is('reject'), lines: some })),
  often(2, fc.record({ act: is('block'), by, lines: some })),
  often(2, fc.record({ act: is('unblock'), by, lines: some })),
  often(3, fc.record({ act: is('agree'), product, quantity })),
  often(1, fc.record({ act: is('withdraw'), product })),
  often(1, fc.record({ act: is('wait') })),
)

export const aSequence = fc.array(anAct, { minLength: 6, maxLength: 40, size: 'max' })
