import { useTranslations } from 'next-intl'
import { PlainShell } from '#components/layout/plain-shell.tsx'
import { LinkButton, TextLink } from '#components/ui/button.tsx'
import { formatPhone } from '#components/ui/format.ts'
import { paths } from '#server/kernel/routes.ts'
import type { SiteView } from '#server/signup/schema.ts'

/** In place of every step while the site takes no signups: whose it is, and where to turn. */
export function ClosedSite({ site }: { site: SiteView }) {
  const t = useTranslations('signup.closed')
  const { title, accent, logo, locales, supportEmail, supportPhone } = site

  return (
    <PlainShell
      brand={{ title, accent, logoUrl: logo }}
      languages={locales}
      title={t('title')}
      below={t.rich('customer', {
        link: (words) => <TextLink href={paths.login()}>{words}</TextLink>,
      })}
    >
      <div className="grid gap-5">
        <p className="text-muted">{t('text', { site: title })}</p>
        <div className="flex flex-wrap gap-2">
          <LinkButton href={`mailto:${supportEmail}`}>{t('write')}</LinkButton>
          <LinkButton href={`tel:+${supportPhone}`}>{formatPhone(supportPhone)}</LinkButton>
        </div>
      </div>
    </PlainShell>
  )
}
