import { FileText } from 'lucide-react'
import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { IssuerForm } from '#components/admin/issuer-form.tsx'
import { countryOptions } from '#components/form/regions.ts'
import { asked } from '#components/session/asked.ts'
import { signedIn } from '#components/session/guard.ts'
import { api } from '#components/trpc/server.tsx'
import { buttonClass } from '#components/ui/button-style.ts'
import { Card } from '#components/ui/card.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { sampleInvoice } from '#server/kernel/routes.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('admin.issuer')
  return { title: t('title') }
}

export default async function IssuerPage() {
  await signedIn('admin')
  const [t, locale, view] = await Promise.all([
    getTranslations('admin.issuer'),
    getLocale(),
    asked(api().taxes.issuer.query()),
  ])
  const { issuer, name } = view

  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('text', { brand: name })}
        actions={
          <a href={sampleInvoice()} className={buttonClass({})} download>
            <FileText aria-hidden />
            {t('sample')}
          </a>
        }
      />
      <div className="grid max-w-3xl gap-6">
        {!issuer && <Notice tone="warning">{t('missing', { brand: name })}</Notice>}
        <Card title={t('card')} description={t('cardText')}>
          <IssuerForm
            view={view}
            countries={countryOptions(locale, issuer ? [issuer.country] : [])}
          />
        </Card>
      </div>
    </>
  )
}
