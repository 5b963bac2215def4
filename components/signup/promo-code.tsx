'use client'

import { Tag } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { idempotent } from '#components/trpc/retry-link.ts'
import { useRefusal } from '#components/trpc/use-refusal.ts'
import { Button } from '#components/ui/button.tsx'
import { pressedEarly } from '#components/ui/early-press.ts'
import { useDraft, useDraftChange } from './use-draft.ts'

/** A code that takes something off; what it does is seen in the order at once. */
export function PromoCode() {
  const t = useTranslations('signup.promo')
  const draft = useDraft()
  const refusal = useRefusal()
  const id = useId()
  const [code, setCode] = useState('')
  const apply = useDraftChange<string>((calls, ref, typed) =>
    calls.applyPromo.mutate({ ...ref, code: typed }, idempotent),
  )
  const remove = useDraftChange((calls, ref) => calls.removePromo.mutate(ref, idempotent))
  const fault = refusal(apply.error ?? remove.error)

  if (draft?.promo)
    return (
      <div className="flex flex-wrap items-center gap-3 text-sm">
        <p role="status" className="flex items-center gap-2 text-success-text">
          <Tag aria-hidden className="size-4" />
          {t('applied', { code: draft.promo })}
        </p>
        <Button size="sm" loading={remove.isPending} onClick={() => remove.mutate()}>
          {t('remove')}
        </Button>
      </div>
    )
  return (
    <form
      ref={pressedEarly}
      method="post"
      noValidate
      className="grid max-w-sm gap-1.5"
      onSubmit={(event) => {
        event.preventDefault()
        if (code.trim() && !apply.isPending)
          apply.mutate(code.trim(), { onSuccess: () => setCode('') })
      }}
    >
      <label htmlFor={id} className="label w-fit">
        {t('label')} <span className="font-normal text-muted">({t('optional')})</span>
      </label>
      <div className="flex gap-2">
        <input
          id={id}
          value={code}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={40}
          aria-invalid={fault ? true : undefined}
          aria-describedby={`${id}-fault`}
          className="input"
          onChange={(event) => {
            setCode(event.target.value)
            apply.reset()
          }}
        />
        <Button type="submit" loading={apply.isPending}>
          {t('apply')}
        </Button>
      </div>
      <p
        id={`${id}-fault`}
        role="alert"
        className="text-[0.8125rem]/5 text-danger-text empty:hidden"
      >
        {fault}
      </p>
    </form>
  )
}
