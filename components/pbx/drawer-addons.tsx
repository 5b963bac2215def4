'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { PriceDetail } from '#components/form/price-detail.tsx'
import { randomUuid } from '#components/form/use-attempt-key.ts'
import { useTRPC } from '#components/trpc/client.tsx'
import { idempotent } from '#components/trpc/retry-link.ts'
import { useRefusal } from '#components/trpc/use-refusal.ts'
import { ActionButton } from '#components/ui/action-button.tsx'
import { formatPhone } from '#components/ui/format.ts'
import { Notice } from '#components/ui/notice.tsx'
import { useWhyNotAdd } from '#components/ui/rights.tsx'
import { StatusChip } from '#components/ui/status-chip.tsx'
import { whyNotProduct } from '#server/accounts/schema.moves.ts'
import type { PlacesView } from '#server/agreements/schema.ts'
import { useCost } from './cost.ts'
import type { TabProps } from './extension-drawer.tsx'
import { useSaved } from './use-saved.ts'
import { useWhyNot } from './why-not.ts'

/** What it has beside its product, what it may still have, what that costs, and why not more. */
export function DrawerAddons(props: TabProps) {
  const t = useTranslations('pbx.addons')
  const addons = props.places.filter((place) => place.role === 'addon')
  const { email, phone } = props.support

  if (addons.length === 0) {
    return <p className="text-sm text-muted">{t('none', { email, phone: formatPhone(phone) })}</p>
  }
  return (
    <ul className="divide-y divide-separator">
      {addons.map((addon) => (
        <Addon key={addon.product} {...props} addon={addon} />
      ))}
    </ul>
  )
}

function Addon({ line, locked, addon, support }: TabProps & { addon: PlacesView }) {
  const t = useTranslations('pbx.addons')
  const trpc = useTRPC()
  const cost = useCost()
  const saved = useSaved()
  const reason = useWhyNot()
  const sentence = useRefusal()
  const whyNotAdd = useWhyNotAdd()
  const has = line.addons.some(({ product }) => product === addon.product)
  const { name } = addon
  // The key makes asking again the same as asking once.
  const repeatable = { trpc: { context: idempotent.context } }
  const give = useMutation(
    trpc.accounts.addAddon.mutationOptions({
      ...repeatable,
      onSuccess: () => saved(t('added', { name, extension: line.extension })),
    }),
  )
  const take = useMutation(
    trpc.accounts.removeAddon.mutationOptions({
      ...repeatable,
      onSuccess: () => saved(t('removed', { name, extension: line.extension })),
    }),
  )
  const notNow = has ? undefined : whyNotAdd('accounts:write')
  const rule = has
    ? undefined
    : whyNotProduct(
        'addAddon',
        { ...addon, place: addon },
        { ...line, kind: 'extension', has },
        'customer',
      )
  const full = rule?.code === 'agreement.quantity_exceeded'
  const whom = { email: support.email, phone: formatPhone(support.phone) }
  const why = locked ?? notNow ?? (full ? `${reason(rule)} ${t('askFor', whom)}` : reason(rule))
  const refusal = sentence(has ? take.error : give.error)
  const input = () => ({ accounts: [line.account], product: addon.product, key: randomUuid() })

  return (
    <li className="grid gap-2 py-4 first:pt-0">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-2 font-medium">
            {name}
            {has && <StatusChip tone="success">{t('has')}</StatusChip>}
          </p>
          <p className="text-sm text-muted">
            {has ? t('costs', { cost: cost.short(addon) }) : cost.sentence(addon)}
          </p>
          <PriceDetail
            change={
              has
                ? { remove: [{ accounts: [line.account], product: addon.product }] }
                : { add: [{ product: addon.product, n: 1 }] }
            }
          />
        </div>
        {has ? (
          <ActionButton
            size="sm"
            aria-label={t('removeFrom', { name, extension: line.extension })}
            disabledReason={locked}
            loading={take.isPending}
            onClick={() => take.mutate(input())}
          >
            {t('remove')}
          </ActionButton>
        ) : (
          <ActionButton
            size="sm"
            variant="primary"
            aria-label={t('addTo', { name, extension: line.extension })}
            disabledReason={why}
            loading={give.isPending}
            onClick={() => give.mutate(input())}
          >
            {t('add')}
          </ActionButton>
        )}
      </div>
      {why && !locked && <p className="text-sm text-muted">{why}</p>}
      {refusal && (
        <Notice tone="danger" announce>
          {refusal}
        </Notice>
      )}
    </li>
  )
}
