'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { z } from 'zod'
import { Form, FormActions, SubmitButton } from '#components/form/form.tsx'
import { randomUuid } from '#components/form/use-attempt-key.ts'
import { useZodForm } from '#components/form/use-zod-form.ts'
import { useTRPC } from '#components/trpc/client.tsx'
import { idempotent } from '#components/trpc/retry-link.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { useWhyNotAdd } from '#components/ui/rights.tsx'
import { notify } from '#components/ui/toast.tsx'
import type { PlacesView } from '#server/agreements/schema.ts'
import type { Me } from '#server/customers/schema.ts'
import type { SelectedExtensions } from '#server/pbx/schema.ts'
import { CostNote, firstChoice, ProductChoice } from './product-choice.tsx'

type Props = Readonly<{
  of: SelectedExtensions | undefined
  products: readonly PlacesView[]
  support: Me['support']
  onClose: () => void
  onDone: () => void
}>

const zProduct = z.object({
  product: z.string({ error: 'choose' }).min(1, { error: 'choose' }).transform(Number),
})

/** Another main product for many at once: all of them, or none when there is no room. */
export function ProductDialog({ of, products, support, onClose, onDone }: Props) {
  const t = useTranslations('pbx.change')
  const common = useTranslations('common')
  const trpc = useTRPC()
  const router = useRouter()
  const queries = useQueryClient()
  const notNow = useWhyNotAdd()('accounts:write')
  const form = useZodForm(zProduct, { defaultValues: { product: firstChoice(products) } })
  const change = useMutation(
    trpc.accounts.changeProduct.mutationOptions({
      trpc: { context: idempotent.context },
      onSuccess: ({ changed }) => {
        void notify({ tone: 'success', title: t('done', { count: changed }) })
        void queries.invalidateQueries()
        router.refresh()
        onDone()
      },
    }),
  )
  const count = of?.accounts.length ?? 0

  return (
    <Dialog isOpen={of !== undefined} onClose={onClose} title={t('title', { count })}>
      <Form
        form={form}
        submitError={change.error}
        loading={change.isPending}
        onSubmit={({ product }) =>
          of && change.mutate({ accounts: of.accounts, product, key: randomUuid() })
        }
      >
        <p>{t('text')}</p>
        {of !== undefined && of.left > 0 && <p>{t('left', { left: of.left })}</p>}
        <ProductChoice products={products} support={support} />
        <FormActions
          note={<CostNote products={products} support={support} change={of?.accounts ?? []} />}
        >
          <Button onClick={onClose}>{common('cancel')}</Button>
          <SubmitButton disabledReason={notNow ?? (count === 0 ? t('none') : undefined)}>
            {t('submit', { count })}
          </SubmitButton>
        </FormActions>
      </Form>
    </Dialog>
  )
}
