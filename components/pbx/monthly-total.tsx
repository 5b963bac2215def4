import { useTranslations } from 'next-intl'
import { Card } from '#components/ui/card.tsx'
import { Money } from '#components/ui/money.tsx'
import type { MonthlyView } from '#server/agreements/schema.packages.ts'

/** What all of it costs each month: packages one by one, accounts together. */
export function MonthlyTotal({ monthly }: { monthly: MonthlyView }) {
  const t = useTranslations('pbx.products.monthly')
  const { currency, accounts, packages, total } = monthly

  return (
    <Card title={t('title')} description={t('text')}>
      <dl className="grid gap-2 text-sm">
        {packages.map(({ name, n, amount }) => (
          <Line key={name} label={n > 1 ? t('times', { name, n }) : name}>
            <Money amount={amount} currency={currency} />
          </Line>
        ))}
        <Line label={t('accounts')}>
          <Money amount={accounts} currency={currency} />
        </Line>
        <Line label={t('total')} strong>
          <Money amount={total} currency={currency} />
        </Line>
      </dl>
    </Card>
  )
}

type LineProps = Readonly<{ label: string; strong?: boolean; children: React.ReactNode }>

function Line({ label, strong, children }: LineProps) {
  return (
    <div
      className={`flex justify-between gap-4 ${strong ? 'border-t border-separator pt-2 font-semibold' : ''}`}
    >
      <dt className={strong ? '' : 'text-muted'}>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}
