import type { ReactNode } from 'react'

/** What dialogs and drawers have in common. Open and shut belongs to the caller. */
export type OverlayProps = Readonly<{
  isOpen: boolean
  onClose: () => void
  title: ReactNode
  description?: ReactNode
  /** Buttons; the one that does it comes last. */
  footer?: ReactNode
  /** Work that must not be lost by a click beside it: only Escape and the buttons close it. */
  keepOnOutsideClick?: boolean
  children?: ReactNode
}>

export type DialogProps = OverlayProps & Readonly<{ size?: 'sm' | 'md' | 'lg' }>

export type DrawerProps = OverlayProps &
  Readonly<{
    size?: 'md' | 'lg'
    /** Between the title and the content: tabs, a status. */
    header?: ReactNode
  }>
