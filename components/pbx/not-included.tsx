import { LifeBuoy } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { EmptyState } from '#components/ui/empty-state.tsx'
import type { Me } from '#server/customers/schema.ts'

type Props = Readonly<{ of: 'extensions' | 'attendants'; support: Me['support'] }>

/** The agreement has no product for this: who can change that. */
export function NotIncluded({ of, support }: Props) {
  const t = useTranslations('pbx')
  const ask = useTranslations('home.attention')

  return (
    <EmptyState
      icon={<LifeBuoy aria-hidden />}
      title={t(`${of}.notIncludedTitle`)}
      action={
        <a className="button button--outline" href={`mailto:${support.email}`}>
          {ask('ask', { email: support.email })}
        </a>
      }
    >
      {t(`${of}.notIncludedText`)}
    </EmptyState>
  )
}
