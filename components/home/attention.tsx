import { CircleCheck } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { LinkButton } from '#components/ui/button.tsx'
import { formatPhone } from '#components/ui/format.ts'
import { useMoney } from '#components/ui/money.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { PlacesView } from '#server/agreements/schema.ts'
import type { BalanceView } from '#server/billing/schema.ts'
import type { Me } from '#server/customers/schema.ts'
import { paths } from '#server/kernel/routes.ts'
import type { NumberCounts } from '#server/numbers/schema.places.ts'

type Props = Readonly<{
  support: Me['support']
  places: readonly PlacesView[]
  numbers: NumberCounts
  balance: BalanceView
}>

/** What a person should do something about, each with the way to do it. */
export function Attention({ support, places, numbers, balance }: Props) {
  const t = useTranslations('home.attention')
  const money = useMoney()
  const extensions = places.filter((place) => place.accountKind === 'extension')
  const main = extensions.filter((place) => place.role === 'main')
  const isPbx = main.length > 0
  const ask = <AskProvider support={support} />
  const items: { key: string; text: string; action: ReactNode }[] = []

  if (isPbx && main.every((place) => place.used === 0)) {
    items.push({
      key: 'noExtensions',
      text: t('noExtensions'),
      action: (
        <LinkButton size="sm" href={paths.newExtension()}>
          {t('addExtension')}
        </LinkButton>
      ),
    })
  }
  for (const { product, name, full, quantity } of places) {
    // One line and one place for it is how a phone line is sold, nothing to worry about.
    if (!full || quantity === null || (!isPbx && quantity === 1)) continue
    items.push({
      key: `full-${product}`,
      text: t('full', { product: name, quantity }),
      action: ask,
    })
  }
  // One number on one line is how everybody begins.
  if (isPbx && numbers.free === 0 && numbers.all !== 1) {
    items.push({ key: 'noNumbers', text: t('noNumbers'), action: ask })
  }
  if (isOwed(balance)) {
    const amount = money(balance.balance, balance.currency)
    items.push({
      key: 'owed',
      text: t('owed', { amount }),
      action: (
        <LinkButton size="sm" href={paths.billing()}>
          {t('toBilling')}
        </LinkButton>
      ),
    })
  }

  if (items.length === 0) {
    return (
      <p className="flex items-center gap-2 text-sm text-muted">
        <CircleCheck aria-hidden className="size-4 text-success-text" />
        {t('none')}
      </p>
    )
  }
  return (
    <section aria-label={t('title')} className="grid gap-3">
      {items.map(({ key, text, action }) => (
        <Notice key={key} tone="warning" actions={action}>
          {text}
        </Notice>
      ))}
    </section>
  )
}

const isOwed = ({ balance }: BalanceView) => !balance.startsWith('-') && /[1-9]/.test(balance)

function AskProvider({ support: { email, phone } }: { support: Me['support'] }) {
  const t = useTranslations('home.attention')
  return (
    <>
      {email && (
        <a className="button button--outline button--sm" href={`mailto:${email}`}>
          {t('ask', { email })}
        </a>
      )}
      {phone && (
        <a className="button button--outline button--sm" href={`tel:+${phone}`}>
          {t('call', { phone: formatPhone(phone) })}
        </a>
      )}
    </>
  )
}
