'use client'

import { useTranslations } from 'next-intl'
import { useRefusal } from '#components/trpc/use-refusal.ts'
import { Notice } from '#components/ui/notice.tsx'
import type { BatchView } from '#server/bulk/schema.ts'

/** Why the last try came to nothing; in the words in which any other refusal is said. */
export function FailureNotice({ batch: { failure } }: { batch: BatchView }) {
  const t = useTranslations('bulk')
  const refusal = useRefusal()
  if (!failure) return null

  const { code, details, message } = failure
  const error = Object.assign(new Error(message), {
    data: { refusal: { kind: 'conflict', code, details } },
  })
  return (
    <Notice tone="danger" title={t('failed')} announce>
      {refusal(error)}
    </Notice>
  )
}
