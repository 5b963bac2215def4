import { LifeBuoy } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ProductPlaces } from '#components/pbx/product-places.tsx'
import { RecurringTotal } from '#components/pbx/recurring-total.tsx'
import { asked } from '#components/session/asked.ts'
import { signedIn } from '#components/session/guard.ts'
import { api } from '#components/trpc/server.tsx'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('pbx.products')
  return { title: t('title') }
}

/** What I have, what I may still have, what it costs, and why not more. */
export default async function AddOnsPage() {
  const me = await signedIn('customer')
  const [t, places, recurring] = await Promise.all([
    getTranslations('pbx.products'),
    asked(api().agreements.mine.query()),
    asked(api().agreements.recurring.query()),
  ])
  const of = (role: 'main' | 'addon') => places.filter((place) => place.role === role)

  return (
    <>
      <PageHeader title={t('title')} description={t('text')} />
      <div className="grid gap-6">
        <RecurringTotal recurring={recurring} />
        <Card title={t('addons')} description={t('addonsText')} padding="none">
          {of('addon').length > 0 ? (
            <ProductPlaces places={of('addon')} support={me.support} label={t('addons')} />
          ) : (
            <EmptyState
              icon={<LifeBuoy aria-hidden />}
              title={t('noAddons')}
              action={
                <a className="button button--outline" href={`mailto:${me.support.email}`}>
                  {t('ask', { email: me.support.email })}
                </a>
              }
            >
              {t('noAddonsText')}
            </EmptyState>
          )}
        </Card>
        {of('main').length > 0 && (
          <Card title={t('main')} description={t('mainText')} padding="none">
            <ProductPlaces places={of('main')} support={me.support} label={t('main')} />
          </Card>
        )}
      </div>
    </>
  )
}
