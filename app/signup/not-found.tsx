import { useTranslations } from 'next-intl'
import { PlainShell } from '#components/layout/plain-shell.tsx'
import { DEFAULT_ACCENT } from '#components/theme/brand.ts'
import { locales } from '#i18n/locales.ts'

export default function SignupNotFound() {
  const t = useTranslations('signup.unknownSite')
  return (
    <PlainShell
      brand={{ title: 'Portico', accent: DEFAULT_ACCENT }}
      languages={locales}
      title={t('title')}
    >
      <p className="text-muted">{t('text')}</p>
    </PlainShell>
  )
}
