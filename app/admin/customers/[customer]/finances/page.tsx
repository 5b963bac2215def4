import { redirect } from 'next/navigation'
import { paths } from '#server/kernel/routes.ts'
import type { Params } from '../customer.ts'

export default async function FinancesPage({ params }: Params) {
  redirect(paths.agreement((await params).customer))
}
