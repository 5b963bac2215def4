import { useLocale, useTranslations } from 'next-intl'
import { classes } from '#components/ui/classes.ts'
import { addDays, type CivilDate, civilDate, formatDay } from '#server/kernel/civil.ts'
import { useDays } from './days.ts'

/** What a day of a calendar holds: so many free lines, or none. */
export type CalendarDay = Readonly<{ lines: number; planned?: boolean; byProvider?: boolean }>

type Props = Readonly<{
  /** `2026-12`. */
  month: string
  /** From the month's first day to its last. */
  days: readonly CalendarDay[]
  today: CivilDate
  /** A line's own calendar has no use for numbers of lines. */
  ofOneLine?: boolean
}>

/** 2024-01-01 was a Monday. */
const monday = civilDate('2024-01-01')

/** A month with its wholly blocked days: a table, so that a screen reader can walk it. */
export function MonthCalendar({ month, days, today, ofOneLine = false }: Props) {
  const t = useTranslations('blocks.calendar')
  const locale = useLocale()
  const written = useDays()
  const first = civilDate(`${month}-01`)
  // Weeks begin on Sunday in English-speaking America, on Monday elsewhere.
  const weekBegins = locale.startsWith('en') ? 0 : 1
  const before = (new Date(`${first}T00:00:00Z`).getUTCDay() - weekBegins + 7) % 7
  const weeks = Array.from({ length: Math.ceil((before + days.length) / 7) }, (_, week) =>
    Array.from({ length: 7 }, (__, column) => week * 7 + column - before),
  )
  const weekday = (n: number, width: 'short' | 'long') =>
    new Intl.DateTimeFormat(locale, { weekday: width, timeZone: 'UTC' }).format(
      new Date(`${addDays(monday, (n + weekBegins + 6) % 7)}T00:00:00Z`),
    )

  return (
    <table className="w-full table-fixed border-separate border-spacing-1 text-sm">
      <caption className="sr-only">{t('caption', { month: written.month(month) })}</caption>
      <thead>
        <tr>
          {Array.from({ length: 7 }, (_, n) => (
            <th
              key={n}
              scope="col"
              abbr={weekday(n, 'long')}
              suppressHydrationWarning
              className="pb-1 text-xs font-medium text-muted"
            >
              {weekday(n, 'short')}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week[0]}>
            {week.map((n) => (
              <td key={n} className="p-0 align-top">
                {days[n] && (
                  <Day
                    day={addDays(first, n)}
                    of={days[n]}
                    isToday={addDays(first, n) === today}
                    ofOneLine={ofOneLine}
                  />
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

type DayProps = Readonly<{
  day: CivilDate
  of: CalendarDay
  isToday: boolean
  ofOneLine: boolean
}>

function Day({ day, of: { lines, planned, byProvider }, isToday, ofOneLine }: DayProps) {
  const t = useTranslations('blocks.calendar')
  const locale = useLocale()
  const kind = byProvider ? 'provider' : planned ? 'planned' : 'blocked'

  return (
    <time
      dateTime={day}
      aria-current={isToday ? 'date' : undefined}
      title={lines > 0 ? formatDay(day, locale, 'long') : undefined}
      suppressHydrationWarning
      className={classes(
        'figures flex min-h-10 flex-col items-center justify-center rounded-[0.375rem]',
        lines === 0 && 'text-muted',
        lines > 0 && !planned && !byProvider && 'bg-accent-soft text-accent-soft-foreground',
        lines > 0 && planned && 'border border-dashed border-accent-text text-foreground',
        lines > 0 && byProvider && 'bg-danger-soft text-danger-soft-foreground',
        isToday && 'ring-2 ring-accent-text',
      )}
    >
      <span className={lines > 0 ? 'font-semibold' : ''}>{Number(day.slice(8))}</span>
      {lines > 0 && !ofOneLine && (
        <span className="text-[0.6875rem] leading-tight">{t('lines', { count: lines })}</span>
      )}
      {lines > 0 && ofOneLine && <span className="sr-only">{t(kind)}</span>}
    </time>
  )
}
