import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ParkedTable } from '#components/admin/parked-table.tsx'
import { Revenue } from '#components/admin/revenue.tsx'
import { RunNowButton } from '#components/admin/run-now-button.tsx'
import { RunTable } from '#components/admin/run-table.tsx'
import { asked } from '#components/session/asked.ts'
import { signedIn } from '#components/session/guard.ts'
import { api } from '#components/trpc/server.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { paths } from '#server/kernel/routes.ts'
import { pageHref, pageIn } from '../../(selfcare)/list-query.ts'

type Props = Readonly<{ searchParams: Promise<Record<string, string | string[] | undefined>> }>

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('admin.runs')
  return { title: t('title') }
}

/** Billing as a whole: what comes in, who is left out of it and why, and what its runs did. */
export default async function BillingRunsPage({ searchParams }: Props) {
  await signedIn('admin')
  const page = pageIn(await searchParams)
  const [t, revenue, parked, runs] = await Promise.all([
    getTranslations('admin.runs'),
    asked(api().billing.revenue.query()),
    asked(api().billing.parked.query()),
    asked(api().billing.runs.query({ page })),
  ])

  return (
    <>
      <PageHeader title={t('title')} description={t('text')} actions={<RunNowButton />} />
      <div className="grid gap-6">
        {revenue.map((of) => (
          <Revenue key={of.currency} of={of} />
        ))}
        <ParkedTable rows={parked} />
        <RunTable list={runs} page={page} href={(n) => pageHref(paths.billingRuns(), {}, n)} />
      </div>
    </>
  )
}
