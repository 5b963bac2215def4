'use client'

import { CloudOff } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useEffect, useTransition } from 'react'
import { Button } from '#components/ui/button.tsx'

/** Often enough to be back at once, seldom enough not to trouble a server that is starting. */
const TRY_EVERY = 4_000

/** Shown instead of a page while the server is away. Tries again by itself. */
export function Away({ retry }: { retry?: () => void }) {
  const t = useTranslations('common.away')
  const router = useRouter()
  const [pending, startTransition] = useTransition()

  const tryAgain = () =>
    startTransition(() => {
      router.refresh()
      retry?.()
    })

  // One clock while it is shown.
  useEffect(() => {
    const timer = setInterval(tryAgain, TRY_EVERY)
    return () => clearInterval(timer)
  }, [])

  return (
    <div
      role="alert"
      className="mx-auto grid max-w-md justify-items-center gap-3 px-6 py-20 text-center"
    >
      <div className="grid size-12 place-items-center rounded-full bg-warning-soft text-warning-soft-foreground">
        <CloudOff aria-hidden className="size-5" />
      </div>
      <h1 className="text-lg font-semibold">{t('title')}</h1>
      <p className="text-balance text-muted">{t('text')}</p>
      <Button variant="primary" className="mt-2" loading={pending} onClick={tryAgain}>
        {t('retry')}
      </Button>
    </div>
  )
}

/** The whole page, where there is no frame around it. */
export function AwayPage() {
  return (
    <main>
      <Away />
    </main>
  )
}
