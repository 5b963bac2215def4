import { classes } from './classes.ts'

export type ButtonLook = Readonly<{
  /** One primary a view: what most people came for. */
  variant?: 'primary' | 'secondary' | 'ghost' | 'danger' | 'danger-soft'
  size?: 'sm' | 'md' | 'lg'
  fullWidth?: boolean
  iconOnly?: boolean
  className?: string
}>

const variants = {
  primary: 'button--primary',
  secondary: 'button--outline',
  ghost: 'button--ghost',
  danger: 'button--danger',
  'danger-soft': 'button--danger-soft',
} as const

const sizes = { sm: 'button--sm', md: '', lg: 'button--lg' } as const

/**
 * HeroUI's button classes on plain elements: its React button brings 35 kB of press handling that
 * pages met by the internet can do without.
 */
export const buttonClass = (look: ButtonLook): string =>
  classes(
    'button',
    variants[look.variant ?? 'secondary'],
    sizes[look.size ?? 'md'],
    look.iconOnly && 'button--icon-only',
    look.fullWidth && 'w-full',
    look.className,
  )
