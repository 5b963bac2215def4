'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Download, Undo2 } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/client.tsx'
import { idempotent } from '#components/trpc/retry-link.ts'
import { ActionButton } from '#components/ui/action-button.tsx'
import { LinkButton, TextLink } from '#components/ui/button.tsx'
import { buttonClass } from '#components/ui/button-style.ts'
import { Card } from '#components/ui/card.tsx'
import { ConfirmDialog, preloadOverlay } from '#components/ui/dialog.tsx'
import { ProgressBar } from '#components/ui/meter.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { useWhyNotMine } from '#components/ui/rights.tsx'
import { Moment } from '#components/ui/time.tsx'
import type { BatchView } from '#server/bulk/schema.ts'
import { files, paths } from '#server/kernel/routes.ts'
import { FailureNotice } from './failure-notice.tsx'

/** After the decision: how far it is, what came of it, and how to take it back. */
export function Outcome({ batch, support }: { batch: BatchView; support: string }) {
  const { state } = batch
  return (
    <div className="grid max-w-3xl gap-4">
      <FailureNotice batch={batch} />
      {(state === 'applying' || state === 'undoing') && <Working batch={batch} />}
      {state === 'applied' && <Applied batch={batch} />}
      {state === 'undone' && <Undone batch={batch} />}
      {(state === 'waiting' || state === 'rejected') && <Order batch={batch} support={support} />}
      {batch.order && <Ordered order={batch.order} />}
      {batch.report.counts.faulty > 0 && state !== 'waiting' && <LeftOut batch={batch} />}
    </div>
  )
}

function Working({ batch: { state, done, work } }: { batch: BatchView }) {
  const t = useTranslations('bulk.working')
  const format = useFormatter()
  const isUndoing = state === 'undoing'
  return (
    <Card>
      <div className="grid gap-3">
        <ProgressBar
          label={t(isUndoing ? 'undoing' : 'applying')}
          // All of them are taken back in one statement a table: there is no part of the way.
          done={isUndoing ? undefined : done}
          total={work}
          text={
            isUndoing
              ? t('undoingText', { work })
              : t('text', { done: format.number(done), work: format.number(work) })
          }
        />
        <p className="text-sm text-muted">{t('close')}</p>
      </div>
    </Card>
  )
}

function Applied({ batch }: { batch: BatchView }) {
  const t = useTranslations('bulk.applied')
  const trpc = useTRPC()
  const client = useQueryClient()
  const [asking, setAsking] = useState(false)
  const undo = useMutation(
    trpc.bulk.undo.mutationOptions({
      trpc: { context: idempotent.context },
      onSuccess: (answer) => {
        setAsking(false)
        client.setQueryData(trpc.bulk.batch.queryFilter({ id: batch.id }).queryKey, answer)
      },
    }),
  )
  const notMine = useWhyNotMine()('bulk:write')
  const { made, undoUntil } = batch
  return (
    <>
      <Notice
        tone="success"
        title={t('title', { count: made })}
        announce
        actions={
          <>
            <LinkButton size="sm" href={paths.extensions()}>
              {t('look')}
            </LinkButton>
            {made > 0 && (
              <ActionButton
                size="sm"
                variant="ghost"
                disabledReason={notMine}
                onPointerEnter={preloadOverlay}
                onFocus={preloadOverlay}
                onClick={() => setAsking(true)}
              >
                <Undo2 aria-hidden />
                {t('undo')}
              </ActionButton>
            )}
          </>
        }
      >
        {undoUntil && made > 0 && <p>{t.rich('until', { at: () => <Moment at={undoUntil} /> })}</p>}
      </Notice>
      <ConfirmDialog
        isOpen={asking}
        onClose={() => setAsking(false)}
        title={t('undoTitle', { count: made })}
        confirmLabel={t('undoConfirm', { count: made })}
        onConfirm={() => undo.mutate({ id: batch.id })}
        loading={undo.isPending}
        submitError={undo.error}
      >
        <p>{t('undoText')}</p>
      </ConfirmDialog>
    </>
  )
}

function Undone({ batch }: { batch: BatchView }) {
  const t = useTranslations('bulk.undone')
  return (
    <Notice
      tone="info"
      title={t('title', { count: batch.made })}
      announce
      actions={
        <LinkButton size="sm" href={paths.uploadExtensions()}>
          {t('again')}
        </LinkButton>
      }
    >
      {t('text')}
    </Notice>
  )
}

function Order({ batch, support }: { batch: BatchView; support: string }) {
  const t = useTranslations('bulk.order')
  const { state, total, reason, decidedBy } = batch
  return state === 'rejected' ? (
    <Notice tone="danger" title={t('rejected', { count: total })}>
      <p>{t('reason', { by: decidedBy ?? '', reason: reason ?? '' })}</p>
      <p>{t('ask', { support })}</p>
    </Notice>
  ) : (
    <Notice tone="info" title={t('waiting', { count: total })}>
      {t('waitingText')}
    </Notice>
  )
}

function Ordered({ order }: { order: string }) {
  const t = useTranslations('bulk.order')
  return (
    <Notice tone="info" title={t('sent')}>
      <TextLink href={paths.upload(order)}>{t('look')}</TextLink>
    </Notice>
  )
}

function LeftOut({ batch }: { batch: BatchView }) {
  const t = useTranslations('bulk.leftOut')
  return (
    <Notice
      tone="warning"
      title={t('title', { count: batch.report.counts.faulty })}
      actions={
        <a href={files.faults(batch.id)} download className={buttonClass({ size: 'sm' })}>
          <Download aria-hidden />
          {t('file')}
        </a>
      }
    >
      {t('text')}
    </Notice>
  )
}
