'use client'

import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import type { z } from 'zod'
import { Form, FormActions, SubmitButton } from '#components/form/form.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { useAttemptKey } from '#components/form/use-attempt-key.ts'
import { useRefusedFields } from '#components/form/use-refused-fields.ts'
import { useZodForm } from '#components/form/use-zod-form.ts'
import { useTRPC } from '#components/trpc/client.tsx'
import { idempotent } from '#components/trpc/retry-link.ts'
import { LinkButton } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { type SoldPackage, zSellPackage } from '#server/catalog/schema.packages.ts'
import { currencies, usualTerms } from '#server/catalog/schema.ts'
import { paths } from '#server/kernel/routes.ts'
import { FeesFields } from './fees-fields.tsx'
import { shortened } from './shortened.ts'
import { areTerms, fromTerms, termsFault, termsForm, toTerms } from './terms-fields.tsx'
import { useChanged } from './use-changed.ts'

const zSold = zSellPackage
  .omit({ key: true, terms: true })
  .extend(termsForm)
  .refine(areTerms, termsFault)
type Values = z.output<typeof zSold>

/** A subscription that customers hold directly; undefined is a new one. */
export function SoldPackageForm({ sold }: { sold?: SoldPackage }) {
  const t = useTranslations('admin.soldPackages')
  const product = useTranslations('admin.product')
  const common = useTranslations('common')
  const form = useZodForm(zSold, {
    defaultValues: {
      name: sold?.name ?? '',
      currency: currencies.find((each) => each === sold?.currency) ?? 'USD',
      activationFee: shortened(sold?.activation ?? '0.00'),
      periodicFee: shortened(sold?.periodic ?? '0.00'),
      ...fromTerms(sold?.terms ?? usualTerms),
    },
  })
  const { save, pending, error } = useSave(sold?.subscription)
  const submitError = useRefusedFields(form, error, { 'catalog.name_taken': 'name' })

  return (
    <Card className="max-w-3xl">
      <Form form={form} onSubmit={save} submitError={submitError} loading={pending}>
        <TextField
          name="name"
          label={t('name')}
          description={product('nameHint')}
          autoComplete="off"
          maxLength={100}
        />
        {sold && <Notice tone="info">{t('keepNotice')}</Notice>}
        <FeesFields activationHint={t('activationHint')} />
        <FormActions>
          <LinkButton href={paths.soldPackages()} variant="ghost">
            {common('cancel')}
          </LinkButton>
          <SubmitButton>{product('save')}</SubmitButton>
        </FormActions>
      </Form>
    </Card>
  )
}

function useSave(subscription: number | undefined) {
  const t = useTranslations('admin.product')
  const trpc = useTRPC()
  const router = useRouter()
  const changed = useChanged()
  const attempt = useAttemptKey()
  const done = (said: 'added' | 'saved') => ({
    onSuccess: (_: unknown, { name }: { name: string }) => {
      changed({ title: t(said, { name }) })
      router.push(paths.soldPackages())
    },
  })
  const sell = useMutation(
    trpc.catalog.sellPackage.mutationOptions({
      // The key makes asking again the same as asking once.
      trpc: { context: idempotent.context },
      ...done('added'),
    }),
  )
  // Not asked again by itself: what it would change is another one by then.
  const edit = useMutation(trpc.catalog.editPackage.mutationOptions(done('saved')))
  return {
    save(values: Values) {
      const { name, currency, activationFee, periodicFee } = values
      const made = { name, currency, activationFee, periodicFee, terms: toTerms(values) }
      if (subscription !== undefined) return edit.mutate({ ...made, subscription })
      sell.mutate({ ...made, key: attempt.keyFor(made) })
    },
    pending: sell.isPending || edit.isPending || sell.isSuccess || edit.isSuccess,
    error: sell.error ?? edit.error,
  }
}
