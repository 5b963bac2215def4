import { Check } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'

export type Step = Readonly<{
  id: string
  label: string
  /** Where the step is edited; undefined while it can't be reached yet. */
  href?: string
}>

type Props = Readonly<{ steps: readonly Step[]; current: string }>

/** Where the visitor is: words on wide screens, a bar and "Step 2 of 5" on narrow ones. */
export function Stepper({ steps, current }: Props) {
  const t = useTranslations('common')
  const at = steps.findIndex((step) => step.id === current)
  const now = steps[at]

  return (
    <nav aria-label={t('steps')}>
      <p className="mb-2 flex flex-wrap justify-between gap-x-4 text-sm sm:hidden">
        <span className="font-medium">{now?.label}</span>
        <span className="figures text-muted">
          {t('step', { number: at + 1, total: steps.length })}
        </span>
      </p>
      <ol className="flex gap-1.5 sm:gap-0">
        {steps.map((step, i) => (
          <li
            key={step.id}
            aria-current={i === at ? 'step' : undefined}
            className="group flex flex-1 items-center last:flex-none max-sm:last:flex-1"
          >
            <Mark step={step} number={i + 1} state={i < at ? 'done' : i === at ? 'now' : 'ahead'} />
            <span
              aria-hidden
              className={`mx-3 h-px flex-1 group-last:hidden max-sm:hidden ${i < at ? 'bg-accent-text' : 'bg-border'}`}
            />
          </li>
        ))}
      </ol>
    </nav>
  )
}

type MarkProps = Readonly<{ step: Step; number: number; state: 'done' | 'now' | 'ahead' }>

const bar = { done: 'bg-accent-text', now: 'bg-accent-text', ahead: 'bg-default' } as const
const disc = {
  done: 'bg-accent-soft text-accent-soft-foreground',
  now: 'bg-accent text-accent-foreground',
  ahead: 'bg-default text-muted',
} as const

function Mark({ step, number, state }: MarkProps) {
  const t = useTranslations('common')
  const content = (
    <>
      <span aria-hidden className={`h-1 w-full rounded-full sm:hidden ${bar[state]}`} />
      <span
        aria-hidden
        className={`figures grid size-6 flex-none place-items-center rounded-full text-xs font-semibold max-sm:hidden ${disc[state]}`}
      >
        {state === 'done' ? <Check className="size-3.5" strokeWidth={2.5} /> : number}
      </span>
      <span
        className={`max-sm:sr-only ${state === 'now' ? 'font-semibold' : 'text-muted'} whitespace-nowrap`}
      >
        {step.label}
        {state === 'done' && <span className="sr-only">, {t('stepDone')}</span>}
      </span>
    </>
  )

  const look = 'flex items-center gap-2 text-sm max-sm:w-full'
  return state === 'done' && step.href ? (
    <Link
      href={step.href}
      className={`${look} min-h-6 rounded-[0.25rem] max-sm:py-2.5 [&>span:last-child]:hover:text-foreground`}
    >
      {content}
    </Link>
  ) : (
    <span className={`${look} max-sm:py-2.5`}>{content}</span>
  )
}
