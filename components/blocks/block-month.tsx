import { CalendarOff, ChevronLeft, ChevronRight } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { LinkButton } from '#components/ui/button.tsx'
import { Card, Facts } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { Money } from '#components/ui/money.tsx'
import { Pager } from '#components/ui/pager.tsx'
import { type BlockMonth, blocksPerPage } from '#server/accounts/schema.blocks.ts'
import { addDays, addMonths, civilDate } from '#server/kernel/civil.ts'
import { paths } from '#server/kernel/routes.ts'
import { BlockTable } from './block-rows.tsx'
import { useDays } from './days.ts'
import { MonthCalendar } from './month-calendar.tsx'

type Props = Readonly<{
  month: BlockMonth
  page: number
  href: (month: string, page: number) => string
}>

/** A month of blocks: its calendar, what it saves, and the stretches it is made of. */
export function BlockMonthView({ month: shown, page, href }: Props) {
  const t = useTranslations('blocks')
  const days = useDays()
  const { month, today, currency } = shown
  const first = civilDate(`${month}-01`)
  const other = (n: number) => href(addMonths(first, n).slice(0, 7), 0)

  return (
    <div className="grid items-start gap-5 xl:grid-cols-[22rem_minmax(0,1fr)]">
      <Card
        title={<span suppressHydrationWarning>{days.month(month)}</span>}
        actions={
          <>
            <LinkButton size="sm" iconOnly aria-label={t('calendar.previous')} href={other(-1)}>
              <ChevronLeft aria-hidden className="rtl:-scale-x-100" />
            </LinkButton>
            <LinkButton size="sm" iconOnly aria-label={t('calendar.next')} href={other(1)}>
              <ChevronRight aria-hidden className="rtl:-scale-x-100" />
            </LinkButton>
          </>
        }
        footer={
          <Facts
            items={[
              {
                label: t('month.saved'),
                value: <Money amount={shown.saved} currency={currency} />,
              },
              {
                label: t('month.toCome'),
                value: <Money amount={shown.toCome} currency={currency} />,
              },
            ]}
          />
        }
      >
        <MonthCalendar
          month={month}
          today={today}
          days={shown.days.map((lines, n) => ({ lines, planned: addDays(first, n) >= today }))}
        />
        <p className="mt-3 text-[0.8125rem]/5 text-muted">
          {t('month.rule', { zone: shown.timeZone })}
        </p>
      </Card>
      <Card padding="none">
        <BlockTable
          rows={shown.rows}
          empty={
            <EmptyState
              icon={<CalendarOff aria-hidden />}
              title={t('month.noneTitle')}
              action={<LinkButton href={paths.extensions()}>{t('month.toLines')}</LinkButton>}
            >
              {t('month.noneText')}
            </EmptyState>
          }
        />
        <Pager
          page={page}
          perPage={blocksPerPage}
          total={shown.total}
          href={(n) => href(month, n)}
        />
      </Card>
    </div>
  )
}
