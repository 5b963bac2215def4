import { useTranslations } from 'next-intl'
import { LinkButton } from '#components/ui/button.tsx'

export default function NotFound() {
  const t = useTranslations('common.notFound')

  return (
    <main className="mx-auto grid min-h-dvh max-w-md content-center gap-4 px-6 text-center">
      <p className="figures text-5xl font-semibold text-muted">404</p>
      <h1 className="text-xl font-semibold">{t('title')}</h1>
      <p className="text-balance text-muted">{t('text')}</p>
      <LinkButton href="/" className="mx-auto mt-2">
        {t('home')}
      </LinkButton>
    </main>
  )
}
