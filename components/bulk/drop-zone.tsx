'use client'

import { useMutation } from '@tanstack/react-query'
import { FileUp } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { type DragEvent, useId, useRef, useState } from 'react'
import { useRefusal } from '#components/trpc/use-refusal.ts'
import { ActionButton } from '#components/ui/action-button.tsx'
import { classes } from '#components/ui/classes.ts'
import { Notice } from '#components/ui/notice.tsx'
import { useWhyNotMine } from '#components/ui/rights.tsx'
import { limits } from '#server/bulk/schema.ts'
import { paths } from '#server/kernel/routes.ts'
import { sendFile } from './send-file.ts'

const accepted = '.csv,.tsv,.txt,.xlsx'

/** Takes a file by drop, by its button or by paste; it is read and checked, and nothing is made. */
export function DropZone() {
  const t = useTranslations('bulk.drop')
  const router = useRouter()
  const refusal = useRefusal()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const send = useMutation({
    mutationFn: sendFile,
    onSuccess: ({ id: batch }) => router.push(paths.upload(batch)),
  })
  // Until the next page is there, too.
  const notMine = useWhyNotMine()('bulk:write')
  const busy = send.isPending || send.isSuccess
  const sentence = refusal(send.error)

  const take = (list: FileList | null | undefined) => {
    const [file] = list ?? []
    if (file && !busy && !notMine) send.mutate(file)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files)
  }

  return (
    <div className="grid gap-3">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a larger target for the mouse; the button beside the text does the same */}
      <div
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        onPaste={(event) => take(event.clipboardData.files)}
        className={classes(
          'grid justify-items-center gap-3 rounded-[0.75rem] border-2 border-dashed px-4 py-10 text-center transition-colors',
          over ? 'border-accent-text bg-accent-soft' : 'border-border',
        )}
      >
        <div className="grid size-12 place-items-center rounded-full bg-default text-muted">
          <FileUp aria-hidden className="size-5" />
        </div>
        <p className="font-semibold">{busy ? t('reading') : t('title')}</p>
        <p id={id} className="max-w-md text-sm text-muted">
          {t('text', { rows: limits.rows, megabytes: limits.bytes / 1024 / 1024 })}
        </p>
        <input
          ref={input}
          type="file"
          accept={accepted}
          hidden
          onChange={(event) => {
            take(event.currentTarget.files)
            // The same file once more is an upload, too.
            event.currentTarget.value = ''
          }}
        />
        <ActionButton
          variant="primary"
          loading={busy}
          disabledReason={notMine}
          aria-describedby={notMine ? undefined : id}
          onClick={() => input.current?.click()}
        >
          {t('choose')}
        </ActionButton>
      </div>
      {sentence && (
        <Notice tone="danger" title={t('refused')} announce>
          {sentence}
        </Notice>
      )}
    </div>
  )
}
