import { useTranslations } from 'next-intl'

/** Where `SkipLink` goes; the shells put it on their `main`. */
export const MAIN_ID = 'content'

/** First in the tab order: past the navigation, to what the page is about. */
export function SkipLink() {
  const t = useTranslations('common')
  return (
    <a
      href={`#${MAIN_ID}`}
      className="button button--primary fixed start-3 top-3 z-50 -translate-y-20 opacity-0 focus-visible:translate-y-0 focus-visible:opacity-100"
    >
      {t('skipToContent')}
    </a>
  )
}
