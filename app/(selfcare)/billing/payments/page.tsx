import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Statement } from '#components/billing/statement.tsx'
import { asked } from '#components/session/asked.ts'
import { signedIn } from '#components/session/guard.ts'
import { api } from '#components/trpc/server.tsx'
import { zStatementQuery } from '#server/billing/schema.ts'
import { paths } from '#server/kernel/routes.ts'
import { pageHref, pageIn, textIn } from '../../list-query.ts'

type Props = Readonly<{ searchParams: Promise<Record<string, string | string[] | undefined>> }>

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('billing.statement')
  return { title: t('title') }
}

export default async function StatementPage({ searchParams }: Props) {
  await signedIn('customer')
  const query = await searchParams
  const page = pageIn(query)
  const only = zStatementQuery.shape.only.safeParse(textIn(query, 'only') || undefined).data
  const ledger = await asked(api().billing.ledger.query({ only, page }))

  return (
    <Statement
      ledger={ledger}
      only={only ?? 'all'}
      page={page}
      href={(to, n) => pageHref(paths.statement(), { only: to === 'all' ? '' : to }, n)}
    />
  )
}
