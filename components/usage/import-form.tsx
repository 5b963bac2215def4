'use client'

import { useMutation } from '@tanstack/react-query'
import { FileUp } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { useRef } from 'react'
import { icuValues, useCatalogueCode, useRefusal } from '#components/trpc/use-refusal.ts'
import { Button } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { type Column, Table } from '#components/ui/table.tsx'
import type { Fault, ImportResult } from '#server/usage/schema.ts'
import { limits } from '#server/usage/schema.ts'
import { sendUsage } from './send-usage.ts'

/** Takes a file of usage records and says what came of each. */
export function ImportForm() {
  const t = useTranslations('usage.import')
  const refusal = useRefusal()
  const input = useRef<HTMLInputElement>(null)
  const send = useMutation({ mutationFn: sendUsage })
  const sentence = refusal(send.error)

  return (
    <div className="grid gap-6">
      <Card title={t('fileTitle')}>
        <div className="grid gap-4">
          <p className="text-muted">{t('fileText')}</p>
          <pre className="overflow-x-auto rounded-[0.5rem] bg-default p-3 font-mono text-xs">
            {example}
          </pre>
          <p className="text-sm text-muted">
            {t('limits', { rows: limits.fileRows, megabytes: limits.fileBytes / 1024 / 1024 })}
          </p>
          <input
            ref={input}
            type="file"
            accept=".csv,.tsv,.txt"
            hidden
            onChange={(event) => {
              const [file] = event.currentTarget.files ?? []
              if (file) send.mutate(file)
              // The same file once more is an import, too.
              event.currentTarget.value = ''
            }}
          />
          <div>
            <Button
              variant="primary"
              loading={send.isPending}
              onClick={() => input.current?.click()}
            >
              <FileUp aria-hidden />
              {t('choose')}
            </Button>
          </div>
          {sentence && (
            <Notice tone="danger" title={t('refused')} announce>
              {sentence}
            </Notice>
          )}
        </div>
      </Card>
      {send.data && <Outcome result={send.data} />}
    </div>
  )
}

const example = `id,account,service,start,duration,volume,amount,currency,destination
call-81f2,ph46170x4665,voice,2026-11-20T09:30:00-08:00,75,,0.12500,USD,442079460018
data-9a01,8944110068012345675,data,2026-11-20T09:31:10Z,,1048576,0.01000,USD,`

function Outcome({ result }: { result: ImportResult }) {
  const t = useTranslations('usage.import')
  const { imported, known, faulty, faults } = result

  return (
    <>
      <Notice
        tone={faulty > 0 ? 'warning' : 'success'}
        title={t('done', { imported, known, faulty })}
        announce
      >
        {t(faulty > 0 ? 'doneFaulty' : 'doneAll')}
      </Notice>
      {faults.length > 0 && (
        <Card
          title={t('faultsTitle')}
          description={
            faults.length < faulty ? t('faultsFirst', { count: faults.length }) : undefined
          }
          padding="none"
        >
          <Faults faults={faults} />
        </Card>
      )}
    </>
  )
}

function Faults({ faults }: { faults: readonly Fault[] }) {
  const t = useTranslations('usage.import')
  const say = useCatalogueCode('refusals')
  const locale = useLocale()
  const columns: Column<Fault>[] = [
    {
      id: 'row',
      header: t('columns.row'),
      align: 'end',
      className: 'w-16',
      cell: ({ row }) => <span className="figures">{row}</span>,
    },
    { id: 'id', header: t('columns.id'), primary: true, cell: ({ id }) => id || '–' },
    {
      id: 'why',
      header: t('columns.why'),
      cell: ({ code, details, message }) => say(code, icuValues(details, locale)) ?? message,
    },
  ]
  return (
    <Table
      label={t('faultsTitle')}
      columns={columns}
      rows={faults}
      rowKey={({ row }) => row}
      empty={null}
    />
  )
}
