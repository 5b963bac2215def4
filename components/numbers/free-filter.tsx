import Link from 'next/link'
import { useTranslations } from 'next-intl'

type Props = Readonly<{ current: 'all' | 'free'; href: (only: 'all' | 'free') => string }>

/** All numbers or the free ones; which, stands in the address. */
export function FreeFilter({ current, href }: Props) {
  const t = useTranslations('numbers')
  return (
    <nav aria-label={t('filter')} className="flex gap-1 rounded-[0.5rem] bg-default p-1">
      {(['all', 'free'] as const).map((only) => (
        <Link
          key={only}
          href={href(only)}
          aria-current={only === current ? 'true' : undefined}
          className={`flex h-7 items-center rounded-[0.375rem] px-3 text-[0.8125rem] ${
            only === current
              ? 'bg-surface font-medium text-foreground shadow-surface'
              : 'text-muted hover:text-foreground'
          }`}
        >
          {t(only)}
        </Link>
      ))}
    </nav>
  )
}
