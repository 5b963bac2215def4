import { useTranslations } from 'next-intl'
import { Money } from '#components/ui/money.tsx'
import { Pager } from '#components/ui/pager.tsx'
import type { BillLineView } from '#server/billing/schema.ts'
import { groupsOf } from './bill-groups.ts'
import { useBillWords } from './words.ts'

/** Lines of a company on one screen; an invoice of a thousand has pages, as a list of them would. */
const groupsPerPage = 100

type Props = Readonly<{
  lines: readonly BillLineView[]
  currency: string
  page: number
  href: (page: number) => string
}>

/** What a bill is for, line by line of the company, each entry in words. */
export function BillLines({ lines, currency, page, href }: Props) {
  const t = useTranslations('billing')
  const groups = groupsOf(lines)
  const shown = groups.slice(page * groupsPerPage, (page + 1) * groupsPerPage)

  return (
    <>
      <ul className="divide-y divide-separator border-t border-separator">
        {shown.map(({ line, name, lines: own, net }) => (
          <li key={line ?? ''} className="grid gap-1.5 px-4 py-3 text-sm sm:px-5">
            <p className="flex items-baseline justify-between gap-4 font-medium">
              <span className="min-w-0 wrap-anywhere">
                {line ? (
                  <>
                    <span className="figures">{t('of', { line })}</span>{' '}
                    {name !== line && <span className="ms-1">{name}</span>}
                  </>
                ) : (
                  t('company')
                )}
              </span>
              {own.length > 1 && <Money amount={net} currency={currency} />}
            </p>
            <ul className="grid gap-1">
              {own.map((entry, i) => (
                <Entry key={i} entry={entry} currency={currency} />
              ))}
            </ul>
          </li>
        ))}
      </ul>
      <Pager page={page} perPage={groupsPerPage} total={groups.length} href={href} />
    </>
  )
}

function Entry({ entry, currency }: { entry: BillLineView; currency: string }) {
  const words = useBillWords()
  const { from, until, net } = entry

  return (
    <li className="flex items-baseline justify-between gap-4 text-muted">
      <span className="min-w-0 wrap-anywhere">
        {words.what(entry)}
        {from && until && (
          <>
            {', '}
            <span suppressHydrationWarning className="figures">
              {words.days(from, until)}
            </span>
          </>
        )}
      </span>
      <Money amount={net} currency={currency} className="text-foreground" />
    </li>
  )
}

type SumProps = Readonly<{
  rows: readonly Readonly<{ label: string; amount: string; strong?: boolean }>[]
  currency: string
}>

/** Amounts below each other, the last word in bold. */
export function Sums({ rows, currency }: SumProps) {
  return (
    <dl className="grid gap-2 text-sm">
      {rows.map(({ label, amount, strong }) => (
        <div
          key={label}
          className={`flex justify-between gap-4 ${strong ? 'border-t border-separator pt-2 font-semibold' : ''}`}
        >
          <dt className={strong ? '' : 'text-muted'}>{label}</dt>
          <dd>
            <Money amount={amount} currency={currency} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
