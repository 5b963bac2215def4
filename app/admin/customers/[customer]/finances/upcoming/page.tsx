import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { billPlacesOf } from '#components/billing/bill-places.ts'
import { Upcoming } from '#components/billing/upcoming.tsx'
import { asked } from '#components/session/asked.ts'
import { api } from '#components/trpc/server.tsx'
import { LinkButton } from '#components/ui/button.tsx'
import { paths } from '#server/kernel/routes.ts'
import { pageHref, pageIn } from '../../../../../(selfcare)/list-query.ts'
import { customerOf, type Params } from '../../customer.ts'

type Props = Params &
  Readonly<{ searchParams: Promise<Record<string, string | string[] | undefined>> }>

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const t = await getTranslations('admin.money')
  return { title: `${t('tabs.upcoming')} · ${(await customerOf((await params).customer)).name}` }
}

export default async function CustomerUpcomingPage({ params, searchParams }: Props) {
  const { customer } = await customerOf((await params).customer)
  const page = pageIn(await searchParams)
  const t = await getTranslations('admin.money')
  const [upcoming, invoices] = await asked(
    Promise.all([
      api().billing.upcomingFor.query({ customer }),
      api().billing.invoicesFor.query({ customer, state: 'open' }),
    ]),
  )

  return (
    <Upcoming
      upcoming={upcoming}
      invoices={invoices}
      page={page}
      href={(n) => pageHref(paths.customerUpcoming(customer), {}, n)}
      at={billPlacesOf(customer)}
      first={<LinkButton href={paths.customerLedger(customer)}>{t('toLedger')}</LinkButton>}
    />
  )
}
