import { notFound } from 'next/navigation'
import { cache } from 'react'
import { asked } from '#components/session/asked.ts'
import { signedIn } from '#components/session/guard.ts'
import { api } from '#components/trpc/server.tsx'

export type Params = Readonly<{ params: Promise<{ customer: string }> }>

/** The customer that the address names; asked for once a request. */
export const customerOf = cache(async (named: string) => {
  await signedIn('admin', 'reseller')
  if (!/^\d{1,9}$/.test(named)) notFound()
  return asked(api().customers.overview.query({ customer: Number(named) }))
})

/** Its agreement, with what could be added; asked for once a request. */
export const agreementOf = cache((customer: number) =>
  asked(api().agreements.ofCustomer.query({ customer })),
)
