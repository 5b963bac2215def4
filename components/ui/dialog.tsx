'use client'

import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { type ReactNode, useRef } from 'react'
import { useRefusal } from '#components/trpc/use-refusal.ts'
import { ActionButton } from './action-button.tsx'
import { Button } from './button.tsx'
import { Notice } from './notice.tsx'
import type { DialogProps, DrawerProps } from './overlay.ts'

// 75 kB of focus keeping and scroll locking, fetched when something opens and not before.
const load = () => import('./overlay-window.tsx')
const DialogWindow = dynamic(() => load().then((m) => m.DialogWindow), { ssr: false })
const DrawerWindow = dynamic(() => load().then((m) => m.DrawerWindow), { ssr: false })

/** Call on hover or focus of what opens one, so that it opens at once. */
export const preloadOverlay = (): void => void load()

/** A question or a short form in the middle of the screen. */
export function Dialog(props: DialogProps) {
  return useOpenedOnce(props.isOpen) && <DialogWindow {...props} />
}

/** One thing of a list, at the side; the whole width on a narrow screen. */
export function Drawer(props: DrawerProps) {
  return useOpenedOnce(props.isOpen) && <DrawerWindow {...props} />
}

/** Stays after closing, for the way out to be animated and the code to be there next time. */
function useOpenedOnce(isOpen: boolean): boolean {
  const opened = useRef(false)
  opened.current ||= isOpen
  return opened.current
}

type ConfirmProps = Readonly<{
  isOpen: boolean
  onClose: () => void
  /** Names the thing: "Delete extension 4665 of John Doe?" */
  title: string
  /** What it costs, frees, or ends. */
  children: ReactNode
  /** The verb, never "OK": "Delete extension". */
  confirmLabel: string
  onConfirm: () => void
  loading: boolean
  submitError: unknown
  disabledReason?: string
  tone?: 'danger' | 'primary'
}>

/** For what can't be undone; everything else is done at once and offers Undo in a toast. */
export function ConfirmDialog({
  title,
  children,
  confirmLabel,
  onConfirm,
  loading,
  submitError,
  disabledReason,
  tone = 'danger',
  ...overlay
}: ConfirmProps) {
  const t = useTranslations('common')
  const refusal = useRefusal()
  const sentence = refusal(submitError)

  return (
    <Dialog
      {...overlay}
      title={title}
      size="sm"
      footer={
        <>
          <Button onClick={overlay.onClose}>{t('cancel')}</Button>
          <ActionButton
            variant={tone}
            loading={loading}
            disabledReason={disabledReason}
            onClick={onConfirm}
          >
            {confirmLabel}
          </ActionButton>
        </>
      }
    >
      <div className="grid gap-3">
        {children}
        {sentence && (
          <Notice tone="danger" announce>
            {sentence}
          </Notice>
        )}
      </div>
    </Dialog>
  )
}
