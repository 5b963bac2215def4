import './no-eval.ts'
import { zodResolver } from '@hookform/resolvers/zod'
import type { FieldValues, Resolver } from 'react-hook-form'
import type { $ZodType } from 'zod/v4/core'
import { faultOf, type Issue } from './faults.ts'

/** What is wrong as a sentence: a code of a fault or of a rule, and what it is filled with. */
export type Say = (code: string, values: Record<string, string | number>) => string

/** A form's check by one of the server's schemas, whose own rules name what is wrong by a code. */
export const codedResolver = <Values extends FieldValues, Output>(
  schema: $ZodType<Output, Values>,
  say: Say,
): Resolver<Values, unknown, Output> =>
  zodResolver<Values, unknown, Output>(schema as never, {
    error: (issue) => {
      const own = 'params' in issue ? (issue.params as { code?: string } | undefined) : undefined
      const { code, values } = faultOf(issue as Issue)
      return own?.code ? say(own.code, {}) : say(code, values)
    },
  })
