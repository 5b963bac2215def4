'use client'

import { useMutation } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useWatch } from 'react-hook-form'
import { z } from 'zod'
import { FieldRow, Form, FormActions, SubmitButton } from '#components/form/form.tsx'
import { NumberField } from '#components/form/number-field.tsx'
import { SelectField } from '#components/form/select-field.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { useAttemptKey } from '#components/form/use-attempt-key.ts'
import { useRefusedFields } from '#components/form/use-refused-fields.ts'
import { useZodForm } from '#components/form/use-zod-form.ts'
import { useTRPC } from '#components/trpc/client.tsx'
import { idempotent } from '#components/trpc/retry-link.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import {
  isOff,
  offFault,
  type PromosView,
  promoFields,
  zLastDay,
} from '#server/signup/schema.promos.ts'
import { OfField, OffFields } from './off-fields.tsx'
import { useChanged } from './use-changed.ts'

type Props = Readonly<{ sites: PromosView['sites'] }>

const zPromo = z
  .object({
    ...promoFields,
    site: z.string().min(1, { error: 'choose' }).transform(Number),
    lastDay: z.union([z.literal('').transform(() => null), zLastDay]),
  })
  .refine(isOff, offFault)

/** Opens the form of a new code. */
export function AddPromoButton({ sites }: Props) {
  const t = useTranslations('admin.promos')
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button variant="primary" onClick={() => setOpen(true)}>
        <Plus aria-hidden />
        {t('add')}
      </Button>
      <Dialog isOpen={open} onClose={() => setOpen(false)} title={t('addTitle')} keepOnOutsideClick>
        {open && <PromoForm sites={sites} onClose={() => setOpen(false)} />}
      </Dialog>
    </>
  )
}

function PromoForm({ sites, onClose }: Props & Readonly<{ onClose: () => void }>) {
  const t = useTranslations('admin.promos')
  const common = useTranslations('common')
  const trpc = useTRPC()
  const changed = useChanged()
  const { keyFor } = useAttemptKey()
  const form = useZodForm(zPromo, {
    defaultValues: {
      site: String(sites[0]?.site ?? ''),
      code: '',
      unit: 'percent',
      off: '',
      appliesTo: 'periodic',
      periods: 1,
      lastDay: '',
    },
  })
  const add = useMutation(
    trpc.promos.add.mutationOptions({
      // The key makes asking again the same as asking once.
      trpc: { context: idempotent.context },
      onSuccess: ({ code }) => {
        changed({ title: t('added', { code }) })
        onClose()
      },
    }),
  )
  const submitError = useRefusedFields(form, add.error, {
    'signup.promo_taken': 'code',
    'signup.promo_ends_too_early': 'lastDay',
  })
  const [site, appliesTo] = useWatch({ control: form.control, name: ['site', 'appliesTo'] })
  const currency = sites.find((one) => String(one.site) === String(site))?.currency ?? ''

  return (
    <Form
      form={form}
      onSubmit={(values) => add.mutate({ ...values, key: keyFor(values) })}
      submitError={submitError}
      loading={add.isPending}
      className="grid gap-5 pt-2"
    >
      <SelectField
        name="site"
        label={t('site')}
        autoComplete="off"
        placeholder={null}
        options={sites.map((one) => ({ value: String(one.site), label: one.title }))}
      />
      <TextField
        name="code"
        label={t('code')}
        description={t('codeHint')}
        autoComplete="off"
        maxLength={30}
      />
      <OffFields currency={currency} />
      <FieldRow>
        <OfField />
        {appliesTo === 'periodic' && (
          <NumberField
            name="periods"
            label={t('periods')}
            description={t('periodsHint')}
            optional
          />
        )}
      </FieldRow>
      <TextField
        name="lastDay"
        type="date"
        label={t('lastDay')}
        description={t('lastDayHint')}
        autoComplete="off"
        optional
      />
      <FormActions>
        <Button onClick={onClose}>{common('cancel')}</Button>
        <SubmitButton>{t('submit')}</SubmitButton>
      </FormActions>
    </Form>
  )
}
