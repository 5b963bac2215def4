'use client'

import { Drawer } from '@heroui/react/drawer'
import { Modal } from '@heroui/react/modal'
import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { buttonClass } from './button-style.ts'
import type { DialogProps, DrawerProps, OverlayProps } from './overlay.ts'
import './overlays.css'

/** HeroUI's dialog, loaded by dialog.tsx when the first one opens. */
export function DialogWindow({ size = 'md', ...props }: DialogProps) {
  const { isOpen, onClose, title, description, footer, keepOnOutsideClick, children } = props

  return (
    <Modal.Backdrop
      isOpen={isOpen}
      onOpenChange={(open) => open || onClose()}
      isDismissable={!keepOnOutsideClick}
    >
      <Modal.Container size={size} scroll="inside">
        <Modal.Dialog>
          <Modal.Header className="pe-8">
            <Modal.Heading className="text-lg font-semibold">{title}</Modal.Heading>
            {description && <p className="text-sm text-muted">{description}</p>}
          </Modal.Header>
          <Close onClose={onClose} />
          <Modal.Body className="text-sm text-foreground">{children}</Modal.Body>
          {footer && <Modal.Footer className="flex-wrap">{footer}</Modal.Footer>}
        </Modal.Dialog>
      </Modal.Container>
    </Modal.Backdrop>
  )
}

const widths = { md: 'sm:w-[30rem]', lg: 'sm:w-[44rem]' } as const

/** HeroUI's drawer: beside the list it was opened from, so that the list stays in sight. */
export function DrawerWindow({ size = 'md', header, ...props }: DrawerProps) {
  const { isOpen, onClose, title, description, footer, keepOnOutsideClick, children } = props

  return (
    <Drawer.Backdrop
      isOpen={isOpen}
      onOpenChange={(open) => open || onClose()}
      isDismissable={!keepOnOutsideClick}
    >
      <Drawer.Content placement="right">
        <Drawer.Dialog className={`w-full max-w-full gap-0 rounded-none p-0 ${widths[size]}`}>
          <Drawer.Header className="gap-1 border-b border-separator px-5 pt-4 pb-4 pe-14">
            <Drawer.Heading className="text-lg font-semibold">{title}</Drawer.Heading>
            {description && <p className="text-sm text-muted">{description}</p>}
            {header}
          </Drawer.Header>
          <Close onClose={onClose} />
          <Drawer.Body className="m-0 p-5 text-[0.9375rem] text-foreground">{children}</Drawer.Body>
          {footer && (
            <Drawer.Footer className="m-0 flex-wrap border-t border-separator px-5 py-3">
              {footer}
            </Drawer.Footer>
          )}
        </Drawer.Dialog>
      </Drawer.Content>
    </Drawer.Backdrop>
  )
}

function Close({ onClose }: Pick<OverlayProps, 'onClose'>) {
  const t = useTranslations('common')
  return (
    <button
      type="button"
      aria-label={t('close')}
      className={buttonClass({
        variant: 'ghost',
        size: 'sm',
        iconOnly: true,
        className: 'absolute end-3 top-3',
      })}
      onClick={onClose}
    >
      <X aria-hidden className="text-muted" />
    </button>
  )
}
