import type { Brand } from '#components/theme/brand.ts'

/** The logo, or the title's first letter on the accent where there is none. */
export function BrandMark({ brand, large = false }: { brand: Brand; large?: boolean }) {
  const height = large ? 'h-9' : 'h-7'
  if (brand.logoUrl)
    return (
      <span className="flex min-w-0 items-center gap-2.5">
        <img src={brand.logoUrl} alt="" className={`${height} w-auto max-w-40 object-contain`} />
        <span className="truncate font-semibold tracking-tight">{brand.title}</span>
      </span>
    )

  return (
    <span className="flex min-w-0 items-center gap-2.5">
      <span
        aria-hidden
        className={`grid flex-none place-items-center rounded-[0.5rem] bg-accent font-semibold text-accent-foreground ${large ? 'size-9' : 'size-7 text-sm'}`}
      >
        {brand.title.trim().charAt(0).toLocaleUpperCase()}
      </span>
      <span className="truncate font-semibold tracking-tight">{brand.title}</span>
    </span>
  )
}
