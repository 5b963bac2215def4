import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { formatPhone } from '#components/ui/format.ts'
import type { SiteView } from '#server/signup/schema.ts'

/** Whom to ask, and what one agrees to. */
export function SiteLinks({ site }: { site: SiteView }) {
  const t = useTranslations('signup.footer')
  return (
    <div className="flex w-full flex-wrap items-baseline gap-x-6 gap-y-1">
      <span>{t('help')}</span>
      <OutLink href={`mailto:${site.supportEmail}`}>{site.supportEmail}</OutLink>
      <OutLink href={`tel:+${site.supportPhone}`}>{formatPhone(site.supportPhone)}</OutLink>
      <span className="flex gap-x-6 sm:ms-auto">
        <OutLink href={site.termsUrl} away>
          {t('terms')}
        </OutLink>
        <OutLink href={site.privacyUrl} away>
          {t('privacy')}
        </OutLink>
      </span>
    </div>
  )
}

type LinkProps = Readonly<{ href: string; away?: boolean; children: ReactNode }>

/** Legal pages open beside the signup, so that nothing of it is lost. */
export function OutLink({ href, away = false, children }: LinkProps) {
  return (
    <a
      href={href}
      {...(away ? { target: '_blank', rel: 'noopener' } : {})}
      className="rounded-[0.1875rem] underline decoration-1 underline-offset-3 hover:decoration-2"
    >
      {children}
    </a>
  )
}
