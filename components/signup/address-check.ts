import './no-eval.ts'
import { zodResolver } from '@hookform/resolvers/zod'
import type { Resolver } from 'react-hook-form'
import { faultOf, type Issue } from '#components/form/faults.ts'
import { type Address, zAddress } from '#server/signup/schema.ts'
import type { AddressValues } from './address-form.tsx'

type Say = (code: string, values: Record<string, string | number>) => string

/** The server's own rules, with the world's numbering plans: fetched when the form is first used. */
export const addressResolver = (say: Say): Resolver<AddressValues, unknown, Address> =>
  zodResolver<AddressValues, unknown, Address>(zAddress as never, {
    error: (issue) => {
      const own = 'params' in issue ? (issue.params as { code?: string } | undefined) : undefined
      const { code, values } = faultOf(issue as Issue)
      return own?.code ? say(own.code, {}) : say(code, values)
    },
  })
