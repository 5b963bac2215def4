import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { cache } from 'react'
import { ClassForm } from '#components/admin/class-form.tsx'
import { asked } from '#components/session/asked.ts'
import { signedIn } from '#components/session/guard.ts'
import { api } from '#components/trpc/server.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { mostCounted } from '#server/customers/schema.classes.ts'
import { paths } from '#server/kernel/routes.ts'

type Props = Readonly<{ params: Promise<{ class: string }> }>

const classOf = cache(async (named: string) => {
  await signedIn('admin')
  const classes = await asked(api().customers.classes.query())
  return classes.find(({ customerClass }) => String(customerClass) === named) ?? notFound()
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await classOf((await params).class)).name }
}

export default async function ClassPage({ params }: Props) {
  const found = await classOf((await params).class)
  const t = await getTranslations('admin.classes')
  const { name, customers } = found

  return (
    <>
      <PageHeader
        title={name}
        description={
          customers > mostCounted ? t('many', { most: mostCounted }) : t('count', { customers })
        }
        back={{ href: paths.customerClasses(), label: t('back') }}
      />
      <ClassForm found={found} />
    </>
  )
}
