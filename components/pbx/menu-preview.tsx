import { MessageSquareQuote } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Card } from '#components/ui/card.tsx'
import { inEffect, type Menu, menuKeys, type Reached } from '#server/pbx/schema.menus.ts'
import { useLeadWords } from './lead-words.ts'

type Props = Readonly<{ menu: Menu; reached: Reached }>

/** The menu as a caller has it: what is heard, what each key does, and how it ends. */
export function MenuPreview({ menu, reached }: Props) {
  const t = useTranslations('pbx.menus')
  const words = useLeadWords(reached)
  const { greeting, keys, plays, otherwise } = inEffect(menu, reached)

  return (
    <Card title={t('preview')} description={t('previewText')}>
      <ol className="grid gap-3 text-sm">
        <li className="flex gap-3 rounded-[0.5rem] bg-default p-3">
          <MessageSquareQuote aria-hidden className="mt-0.5 size-4 flex-none text-muted" />
          <span className="min-w-0 break-words">
            {greeting || <span className="text-muted">{t('silence')}</span>}
          </span>
        </li>
        {menuKeys.flatMap((key) => {
          const lead = keys[key]
          if (!lead) return []
          return (
            <li key={key} className="flex items-baseline gap-3 px-3">
              <kbd className="figures w-6 flex-none rounded-[0.25rem] border border-border text-center font-medium">
                {key}
              </kbd>
              <span className="min-w-0 break-words">{words(lead)}</span>
            </li>
          )
        })}
        <li className="px-3 text-muted">{t('otherKeys')}</li>
        <li className="border-t border-separator px-3 pt-3">
          {t('afterPlays', { plays })} <strong className="font-medium">{words(otherwise)}</strong>
        </li>
      </ol>
    </Card>
  )
}
