'use client'

import { ChevronDown, Columns3, ListFilter, X } from 'lucide-react'
import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { type ReactNode, useEffect, useOptimistic, useState, useTransition } from 'react'
import { SearchBox } from '#components/form/search-box.tsx'
import { Button } from '#components/ui/button.tsx'
import { buttonClass } from '#components/ui/button-style.ts'
import type { PlacesView } from '#server/agreements/schema.ts'
import {
  type ColumnId,
  changed,
  columnIds,
  columnsText,
  filterOf,
  isFiltered,
  queryIn,
} from './extension-query.ts'
import { useAddress } from './use-address.ts'

type Props = Readonly<{
  columns: readonly ColumnId[]
  /** What the agreement has for extensions. */
  places: readonly PlacesView[]
}>

/** Which extensions are listed, and what is shown of them; all of it stands in the address. */
export function ExtensionFilters({ columns, places }: Props) {
  const t = useTranslations('pbx')
  const router = useRouter()
  const path = usePathname()
  const address = useAddress()
  const [pending, startTransition] = useTransition()
  // What was chosen is shown at once, before the list has come; a second choice adds to the first.
  const [asked, ask] = useOptimistic(useSearchParams().toString())
  const query = queryIn(Object.fromEntries(new URLSearchParams(asked)))
  const go = (changes: Record<string, string | undefined>) =>
    startTransition(() => {
      const next = changed(asked, changes)
      ask(next.slice(1))
      router.replace(`${path}${next}`, { scroll: false })
    })
  const products = (role: PlacesView['role']) =>
    places
      .filter((place) => place.role === role)
      .map((place) => [String(place.product), place.name] as const)
  const { status, product, addon, number, published } = query

  const filters = (
    <>
      <Choice
        label={t('list.anyStatus')}
        value={status}
        onChange={(value) => go({ status: value })}
        options={(['active', 'inactive', 'blocked'] as const).map((each) => [
          each,
          t(`list.status.${each}`),
        ])}
      />
      <Choice
        label={t('list.anyProduct')}
        value={product && String(product)}
        onChange={(value) => go({ product: value })}
        options={products('main')}
      />
      <Choice
        label={t('list.anyAddon')}
        value={addon && String(addon)}
        onChange={(value) => go({ addon: value })}
        options={products('addon')}
      />
      <Choice
        label={t('list.anyNumber')}
        value={number}
        onChange={(value) => go({ number: value })}
        options={[
          ['with', t('list.withNumber')],
          ['without', t('list.withoutNumber')],
        ]}
      />
      <Choice
        label={t('list.anyListing')}
        value={published === undefined ? undefined : published ? 'yes' : 'no'}
        onChange={(value) => go({ listed: value })}
        options={[
          ['yes', t('list.listed')],
          ['no', t('list.notListed')],
        ]}
      />
    </>
  )

  return (
    <div aria-busy={pending} className="grid gap-2 border-b border-separator p-3">
      <div className="flex flex-wrap items-center gap-2">
        <SearchBox label={t('extensions.search')} />
        {isFiltered(filterOf(query)) && (
          <Button variant="ghost" size="sm" onClick={() => go(nothing)}>
            <X aria-hidden />
            {t('extensions.clear')}
          </Button>
        )}
        <ColumnChoice
          columns={columns}
          onChange={(next) => address.swap({ columns: columnsText(next) })}
        />
      </div>
      <div className="flex flex-wrap gap-2 max-sm:hidden">{filters}</div>
      {/* Five of them would fill a small screen before the first extension is seen. */}
      <details className="sm:hidden">
        <summary className={buttonClass({ size: 'sm', className: 'cursor-pointer list-none' })}>
          <ListFilter aria-hidden />
          {t('list.filters')}
        </summary>
        <div className="mt-2 grid gap-2">{filters}</div>
      </details>
    </div>
  )
}

const nothing = {
  q: undefined,
  status: undefined,
  product: undefined,
  addon: undefined,
  number: undefined,
  listed: undefined,
}

type ChoiceProps = Readonly<{
  /** What it says while it lets everything through. */
  label: string
  value: string | undefined | 0
  options: readonly (readonly [value: string, label: string])[]
  onChange: (value: string | undefined) => void
}>

/** Nothing to choose from is nothing to show. */
function Choice({ label, value, options, onChange }: ChoiceProps): ReactNode {
  if (options.length === 0) return null
  return (
    <span className="relative">
      <select
        aria-label={label}
        value={value || ''}
        className={`input h-9 w-full py-0 pe-8 text-sm ${value ? 'font-medium text-accent-text' : ''}`}
        onChange={(event) => onChange(event.target.value || undefined)}
      >
        <option value="">{label}</option>
        {options.map(([each, name]) => (
          <option key={each} value={each}>
            {name}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute inset-y-0 end-2.5 my-auto size-4 text-muted"
      />
    </span>
  )
}

type ColumnProps = Readonly<{
  columns: readonly ColumnId[]
  onChange: (columns: readonly ColumnId[]) => void
}>

function ColumnChoice({ columns, onChange }: ColumnProps) {
  const t = useTranslations('pbx')
  // The address takes a moment to say so, too; a tick mustn't wait for it.
  const [ticked, tick] = useState(columns)
  const said = columns.join()
  useEffect(() => tick(columns), [said])
  const choose = (next: readonly ColumnId[]) => {
    tick(next)
    onChange(next)
  }

  return (
    <details className="relative ms-auto max-sm:hidden">
      <summary className={buttonClass({ size: 'sm', className: 'cursor-pointer list-none' })}>
        <Columns3 aria-hidden />
        {t('list.columns')}
      </summary>
      <fieldset className="absolute end-0 top-full z-20 mt-1 grid min-w-44 gap-1 rounded-[0.75rem] border border-border bg-overlay p-3 shadow-overlay">
        <legend className="sr-only">{t('list.columns')}</legend>
        {columnIds.map((id) => (
          <label key={id} className="flex min-h-8 cursor-pointer items-center gap-3 text-sm">
            <input
              type="checkbox"
              className="tick"
              checked={ticked.includes(id)}
              onChange={(event) =>
                choose(
                  event.target.checked ? [...ticked, id] : ticked.filter((each) => each !== id),
                )
              }
            />
            {t(`columns.${id}`)}
          </label>
        ))}
      </fieldset>
    </details>
  )
}
