'use client'

import { useTranslations } from 'next-intl'
import { SummaryLine } from '#components/layout/summary-panel.tsx'
import { Day, Money, PhoneNumber, useMoney } from '#components/ui/money.tsx'
import { useTerms } from '#components/ui/terms.ts'
import { usualTerms } from '#server/catalog/schema.ts'
import type { LaterDiscount, Quote, QuoteLine } from '#server/signup/schema.ts'
import { useDraft } from './use-draft.ts'

/** What is due today, in the bar of narrow screens. */
export function OrderTotal() {
  const draft = useDraft()
  if (!draft) return null
  return <Money amount={draft.quote.dueToday} currency={draft.quote.currency} />
}

/** The order so far: what was chosen, and to the cent what it costs. Follows every choice. */
export function OrderSummary() {
  const t = useTranslations('signup.summary')
  const draft = useDraft()
  if (!draft) return null
  const { plan, hold, device, quote } = draft

  return (
    <>
      <dl className="mb-3 grid gap-1 text-sm">
        <Choice label={t('plan')}>{plan.name}</Choice>
        {hold && (
          <Choice label={t('number')}>
            <PhoneNumber number={hold.number} />
          </Choice>
        )}
        {device && (
          <Choice label={t('device')}>
            {device.vendor} {device.model}
          </Choice>
        )}
      </dl>
      <QuoteLines quote={quote} />
    </>
  )
}

type ChoiceProps = Readonly<{ label: string; children: React.ReactNode }>

function Choice({ label, children }: ChoiceProps) {
  return (
    <div className="flex justify-between gap-4">
      <dt className="text-muted">{label}</dt>
      <dd className="min-w-0 text-end font-medium">{children}</dd>
    </div>
  )
}

/** Every line of what is due today, then what comes after. */
export function QuoteLines({ quote }: { quote: Quote }) {
  const t = useTranslations('signup.summary')
  const words = useTerms()
  const { currency } = quote

  return (
    <div className="border-t border-separator pt-2">
      {quote.lines.map((line) => (
        <SummaryLine
          key={`${line.subscription} ${line.kind}`}
          label={
            line.kind === 'periodic'
              ? words.first(line.every ?? usualTerms)
              : t(`lines.${line.kind}`)
          }
          detail={
            line.kind === 'discount' ? t('code', { code: line.description }) : line.description
          }
          amount={<Amount line={line} currency={currency} />}
        />
      ))}
      {(quote.lines.length > 0 || quote.taxNote) && (
        <SummaryLine
          label={t('tax', { name: quote.taxName, rate: Number(quote.taxRate) })}
          detail={quote.taxNote && t(`taxNotes.${quote.taxNote}`)}
          amount={<Money amount={quote.tax} currency={currency} />}
        />
      )}
      <SummaryLine
        strong
        label={t('dueToday')}
        amount={
          <span className="text-lg">
            <Money amount={quote.dueToday} currency={currency} />
          </span>
        }
      />
      {quote.recurring.map((due, n) => (
        <SummaryLine
          key={`${due.period} ${due.periodCount} ${due.inAdvance}`}
          label={
            due.inAdvance ? words.afterwards(due) : t('arrears', { after: words.afterwards(due) })
          }
          detail={n === 0 && quote.nextCharge ? <NextCharge day={quote.nextCharge} /> : undefined}
          amount={<Money amount={due.amount} currency={currency} />}
        />
      ))}
      {quote.later?.map((off) => (
        <p key={off.subscription} className="text-[0.8125rem]/5 text-success-text">
          <Later off={off} currency={currency} />
        </p>
      ))}
    </div>
  )
}

function NextCharge({ day }: { day: string }) {
  const t = useTranslations('signup.summary')
  return t.rich('nextCharge', { day: () => <Day day={day} /> })
}

/** What a code takes off what comes later: "Code SPRING: $5.00 less, for 2 more periods". */
function Later({ off, currency }: { off: LaterDiscount; currency: string }) {
  const t = useTranslations('signup.summary')
  const money = useMoney()
  const { code, percent, amount, after, periods } = off
  const less = percent === null ? money(amount ?? '0', currency) : `${Number(percent)}%`
  return t('later', {
    code,
    less,
    which: periods === null ? 'all' : after === 0 ? 'first' : 'more',
    periods: periods ?? 0,
  })
}

function Amount({ line, currency }: { line: QuoteLine; currency: string }) {
  const off = line.kind === 'discount'
  return (
    <span className={off ? 'text-success-text' : ''}>
      <Money amount={line.amount} currency={currency} />
    </span>
  )
}
