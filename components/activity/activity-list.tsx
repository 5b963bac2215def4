import { ChevronRight } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { formatDay } from '#components/ui/format.ts'
import { Badge, StatusChip } from '#components/ui/status-chip.tsx'
import type { ActivityRow } from '#server/activity/schema.ts'
import { dayIn } from '#server/kernel/civil.ts'
import { changesOf, textOf } from './changes.ts'
import { sayValue } from './say.ts'
import { useActSentence } from './sentence.ts'

type Props = Readonly<{
  rows: readonly ActivityRow[]
  timeZone: string
  /** Of the days. */
  headingLevel?: 2 | 3
}>

/** What was done, day by day on the customer's calendar, newest first. */
export function ActivityList({ rows, timeZone, headingLevel = 2 }: Props) {
  const Heading = `h${headingLevel}` as const
  const locale = useLocale()
  const days = Map.groupBy(rows, (row) => dayIn(timeZone, new Date(row.at)))

  return [...days].map(([day, acts]) => (
    <section key={day} aria-labelledby={`day-${day}`}>
      <Heading
        id={`day-${day}`}
        className="border-b border-separator bg-default/40 px-4 py-2 text-[0.8125rem] font-semibold text-muted sm:px-5"
      >
        {formatDay(locale, day, 'long')}
      </Heading>
      <ol className="divide-y divide-separator border-b border-separator">
        {acts.map((act) => (
          <Act key={act.id} act={act} timeZone={timeZone} />
        ))}
      </ol>
    </section>
  ))
}

function Act({ act, timeZone }: { act: ActivityRow; timeZone: string }) {
  const t = useTranslations('activity')
  const locale = useLocale()
  const sentence = useActSentence()
  const changes = changesOf(act.before, act.after)
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone })

  return (
    <li className="grid grid-cols-[auto_1fr] gap-x-4 px-4 py-3 text-sm sm:px-5">
      <time dateTime={act.at} className="figures w-18 pt-px text-[0.8125rem] text-muted">
        {time.format(new Date(act.at))}
      </time>
      <div className="grid min-w-0 gap-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="wrap-anywhere">{sentence(act)}</span>
          {act.outcome === 'denied' && <StatusChip tone="danger">{t('denied')}</StatusChip>}
        </p>
        <Actor act={act} />
        {changes.length > 0 && (
          <details className="group">
            <summary className="flex w-fit cursor-pointer list-none items-center gap-1 rounded-[0.25rem] py-0.5 text-[0.8125rem] text-accent-text [&::-webkit-details-marker]:hidden">
              <ChevronRight
                aria-hidden
                className="size-3.5 transition-transform group-open:rotate-90 rtl:-scale-x-100"
              />
              {t('changes')}
            </summary>
            <Changes changes={changes} timeZone={timeZone} />
          </details>
        )}
      </div>
    </li>
  )
}

/** Who did it; where the provider acted for the customer, both are named. */
function Actor({ act: { actor, realm, onBehalfOf } }: { act: ActivityRow }) {
  const t = useTranslations('activity')
  const customer = onBehalfOf ?? ''
  const isProvider = realm === 'admin' || realm === 'reseller'
  const who = {
    admin: onBehalfOf ? t('byProviderFor', { actor, customer }) : t('byProvider', { actor }),
    reseller: onBehalfOf ? t('byResellerFor', { actor, customer }) : t('byReseller', { actor }),
    signup: t('bySignup'),
  }[realm]
  const text =
    who ??
    (realm === 'system' && /^[a-z-]+( [a-z]+)*$/.test(actor) ? t('bySystem') : t('by', { actor }))

  return (
    <p className="text-[0.8125rem] text-muted">
      {isProvider ? <Badge tone="accent">{text}</Badge> : text}
    </p>
  )
}

type ChangesProps = Readonly<{ changes: ReturnType<typeof changesOf>; timeZone: string }>

function Changes({ changes, timeZone }: ChangesProps) {
  const t = useTranslations('activity')
  const locale = useLocale()
  const format = new Intl.ListFormat(locale)
  // Fields and states come over the wire: the compiler can't know which are in the catalogue.
  const said = (key: string) => (t.has(key as never) ? t(key as never) : undefined)
  const label = (field: string) => said(`fields.${field}`) ?? field
  const word = (text: string) => said(`values.${text}`)
  const words = {
    yes: t('yes'),
    no: t('no'),
    list: (items: readonly string[]) => format.format(items),
    say: (text: string) => sayValue(text, { locale, timeZone, word }),
    label,
  }
  const side = (value: unknown) => (value === undefined ? t('nothing') : textOf(value, words))

  return (
    <dl className="mt-1 grid gap-2 rounded-[0.5rem] bg-default/50 p-3 text-[0.8125rem]">
      {changes.map(({ field, before, after }) => (
        <div key={field} className="grid gap-x-4 sm:grid-cols-[9rem_1fr]">
          <dt className="text-muted">{label(field)}</dt>
          <dd className="wrap-anywhere">
            {before !== undefined && (
              <del className="text-muted">
                <span className="sr-only">{t('columns.before')}: </span>
                {side(before)}
              </del>
            )}
            {before !== undefined && <span aria-hidden> → </span>}
            <ins className="no-underline">
              <span className="sr-only">{t('columns.after')}: </span>
              {side(after)}
            </ins>
          </dd>
        </div>
      ))}
    </dl>
  )
}
