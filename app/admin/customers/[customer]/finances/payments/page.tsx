import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { PaymentTable } from '#components/admin/payment-table.tsx'
import { asked } from '#components/session/asked.ts'
import { api } from '#components/trpc/server.tsx'
import { zPaymentsFor } from '#server/billing/schema.payments.ts'
import { textIn } from '../../../../../(selfcare)/list-query.ts'
import { customerOf, type Params } from '../../customer.ts'

type Props = Params &
  Readonly<{ searchParams: Promise<Record<string, string | string[] | undefined>> }>

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const t = await getTranslations('admin.money')
  return { title: `${t('tabs.payments')} · ${(await customerOf((await params).customer)).name}` }
}

export default async function CustomerPaymentsPage({ params, searchParams }: Props) {
  const { customer } = await customerOf((await params).customer)
  const older = Number(textIn(await searchParams, 'before')) || null
  const before = zPaymentsFor.shape.before.safeParse(older).data ?? null
  const list = await asked(api().billing.paymentsFor.query({ customer, before }))

  return <PaymentTable customer={customer} list={list} isFirst={before === null} />
}
