import { getTranslations } from 'next-intl/server'
import { LinkButton } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { Me } from '#server/customers/schema.ts'
import { paths } from '#server/kernel/routes.ts'

type Props = Readonly<{ reason: NonNullable<NonNullable<Me['customer']>['suspendedFor']> }>

/** On every page while service stands still: why, and how it goes on. */
export async function Suspended({ reason }: Props) {
  const t = await getTranslations('session.suspended')
  return (
    <div className="mb-6">
      <Notice
        tone="danger"
        title={t('title')}
        actions={
          reason !== 'admin' && (
            <LinkButton size="sm" href={paths.invoices()}>
              {t('pay')}
            </LinkButton>
          )
        }
      >
        {t(reason)}
      </Notice>
    </div>
  )
}
