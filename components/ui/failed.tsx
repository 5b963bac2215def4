'use client'

import { useTranslations } from 'next-intl'
import { useTransition } from 'react'
import { Button } from './button.tsx'

type Props = Readonly<{ error: unknown; retry: () => void }>

/** A page, or a part of one, that couldn't be shown: what to do, and what to tell support. */
export function Failed({ error, retry }: Props) {
  const t = useTranslations('common.failed')
  const [pending, startTransition] = useTransition()

  return (
    <div role="alert" className="mx-auto grid max-w-md gap-3 px-6 py-20 text-center">
      <h1 className="text-lg font-semibold">{t('title')}</h1>
      <p className="text-muted">{t('text')}</p>
      <Button
        variant="primary"
        className="mx-auto mt-2"
        loading={pending}
        onClick={() => startTransition(() => retry())}
      >
        {t('retry')}
      </Button>
      <Reference error={error} />
    </div>
  )
}

/** Next's digest of a server error: the same string stands in the server's log. */
function Reference({ error }: { error: unknown }) {
  const t = useTranslations('common.failed')
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : undefined
  return digest && <p className="figures text-xs text-muted">{t('reference', { id: digest })}</p>
}
