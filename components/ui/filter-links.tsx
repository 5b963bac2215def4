import Link from 'next/link'

type Props = Readonly<{
  /** What is filtered, for screen readers: "Show". */
  label: string
  options: readonly Readonly<{ id: string; label: string; href: string; count?: number }>[]
  current: string
}>

/** A list's few views beside each other; which one, stands in the address. */
export function FilterLinks({ label, options, current }: Props) {
  return (
    <nav
      aria-label={label}
      className="flex max-w-full gap-1 overflow-x-auto rounded-[0.5rem] bg-default p-1"
    >
      {options.map(({ id, label: name, href, count }) => (
        <Link
          key={id}
          href={href}
          aria-current={id === current ? 'true' : undefined}
          className={`flex h-7 flex-none items-center gap-1.5 rounded-[0.375rem] px-3 text-[0.8125rem] whitespace-nowrap ${
            id === current
              ? 'bg-surface font-medium text-foreground shadow-surface'
              : 'text-muted hover:text-foreground'
          }`}
        >
          {name}
          {count !== undefined && <span className="figures">{count}</span>}
        </Link>
      ))}
    </nav>
  )
}
