'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useWatch } from 'react-hook-form'
import { z } from 'zod'
import { Form, SubmitButton } from '#components/form/form.tsx'
import { PriceDetail } from '#components/form/price-detail.tsx'
import { SelectField } from '#components/form/select-field.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { useAttemptKey } from '#components/form/use-attempt-key.ts'
import { useRefusedFields } from '#components/form/use-refused-fields.ts'
import { useZodForm } from '#components/form/use-zod-form.ts'
import { useTRPC } from '#components/trpc/client.tsx'
import { idempotent } from '#components/trpc/retry-link.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { useMoney } from '#components/ui/money.tsx'
import { useTerms } from '#components/ui/terms.ts'
import { zAddSim } from '#server/accounts/schema.sims.ts'
import type { PlacesView } from '#server/agreements/schema.ts'
import { useSaid } from './use-said.ts'

/** What is known of the card already. */
export type SimToAdd = Readonly<{ iccid?: string; imsi?: string; name?: string }>

type Props = Readonly<{
  products: readonly PlacesView[]
  sim: SimToAdd | undefined
  onClose: () => void
}>

/** A list holds text; `choose` is what to say when nothing is chosen. */
const zSimForm = zAddSim
  .omit({ key: true })
  .extend({ product: z.string({ error: 'choose' }).min(1, { error: 'choose' }).transform(Number) })

export function AddSimDialog({ products, sim, onClose }: Props) {
  const t = useTranslations('sims.dialog')
  return (
    <Dialog isOpen={sim !== undefined} onClose={onClose} title={t('title')} keepOnOutsideClick>
      {sim && <AddSimForm products={products} sim={sim} onClose={onClose} />}
    </Dialog>
  )
}

function AddSimForm({ products, sim, onClose }: Props & { sim: SimToAdd }) {
  const t = useTranslations('sims')
  const common = useTranslations('common')
  const trpc = useTRPC()
  const said = useSaid()
  const attempt = useAttemptKey()
  const label = useLabel()
  const [first] = products.filter((product) => !product.full)
  const form = useZodForm(zSimForm, {
    defaultValues: {
      iccid: sim.iccid ?? '',
      imsi: sim.imsi ?? '',
      name: sim.name ?? '',
      product: first ? String(first.product) : '',
    },
  })
  const add = useMutation(
    trpc.accounts.addSim.mutationOptions({
      // The key makes asking again the same as asking once.
      trpc: { context: idempotent.context },
      onSuccess: ({ iccid, status }) => {
        const works = status === 'active'
        said({
          tone: works ? 'success' : 'warning',
          title: t(works ? 'added' : 'addedWaiting', { iccid }),
          ...(!works && { description: t('addedWaitingText') }),
        })
        onClose()
      },
    }),
  )
  const submitError = useRefusedFields(form, add.error, {
    'accounts.iccid_taken': 'iccid',
    'accounts.imsi_taken': 'imsi',
    'agreement.quantity_exceeded': 'product',
    'agreement.not_included': 'product',
    'catalog.product_not_found': 'product',
  })

  return (
    <Form
      form={form}
      onSubmit={(values) => add.mutate({ ...values, key: attempt.keyFor(values) })}
      submitError={submitError}
      loading={add.isPending}
      className="grid gap-5 pt-2"
    >
      <TextField
        name="iccid"
        label={t('dialog.iccid')}
        description={t('dialog.iccidHint')}
        autoComplete="off"
        inputMode="numeric"
        maxLength={40}
        code
      />
      <TextField
        name="imsi"
        label={t('dialog.imsi')}
        description={t('dialog.imsiHint')}
        autoComplete="off"
        inputMode="numeric"
        maxLength={40}
        code
      />
      <TextField
        name="name"
        label={t('dialog.name')}
        description={t('dialog.nameHint')}
        autoComplete="off"
        maxLength={100}
        optional
      />
      <SelectField
        name="product"
        label={t('dialog.product')}
        autoComplete="off"
        options={products.map((product) => ({
          value: String(product.product),
          label: label(product),
          disabled: product.full,
        }))}
      />
      <SimPrice />
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>{common('cancel')}</Button>
        <SubmitButton>{t('dialog.submit')}</SubmitButton>
      </div>
    </Form>
  )
}

/** What the one chosen makes of the next invoice. */
function SimPrice() {
  const product = Number(useWatch({ name: 'product' }))
  return product > 0 && <PriceDetail change={{ add: [{ product, n: 1 }] }} />
}

const isSomething = (amount: string) => /[1-9]/.test(amount)

/** A product with what one more costs, and how many there may be. */
function useLabel() {
  const t = useTranslations('sims.dialog')
  const money = useMoney()
  const words = useTerms()
  return ({ name, periodic, terms, activation, currency, used, quantity }: PlacesView) => {
    const fees = {
      name,
      price: words.price(periodic, currency, terms),
      activation: money(activation, currency),
    }
    const price = isSomething(activation)
      ? t('priceOnce', fees)
      : isSomething(periodic)
        ? t('price', fees)
        : t('free', fees)
    const places = quantity === null ? t('unlimited', { used }) : t('places', { used, quantity })
    return `${price} · ${places}`
  }
}
