import type { ReactNode } from 'react'
import type { Brand } from '#components/theme/brand.ts'
import { BrandTokens } from '#components/theme/brand-tokens.tsx'
import { LanguageSwitch } from '#components/theme/preferences.tsx'
import type { Locale } from '#i18n/locales.ts'
import { BrandMark } from './brand-mark.tsx'
import { MAIN_ID, SkipLink } from './skip-link.tsx'

type Props = Readonly<{
  brand: Brand
  languages: readonly Locale[]
  title: string
  description?: ReactNode
  /** Below the card: "No account yet? Sign up". */
  below?: ReactNode
  children: ReactNode
}>

/** One thing to do and nothing else in sight: sign in, choose the first password. */
export function PlainShell({ brand, languages, title, description, below, children }: Props) {
  return (
    <div className="flex min-h-dvh flex-col">
      <BrandTokens accent={brand.accent} />
      <SkipLink />
      <main
        id={MAIN_ID}
        tabIndex={-1}
        className="mx-auto grid w-full max-w-md flex-1 content-center gap-6 px-4 py-10 outline-none"
      >
        <div className="flex justify-center">
          <BrandMark brand={brand} large />
        </div>
        <section className="rounded-[0.75rem] bg-surface p-6 shadow-surface sm:p-8">
          <h1 className="text-xl/7 font-semibold tracking-tight">{title}</h1>
          {description && <p className="mt-1 text-sm text-muted">{description}</p>}
          <div className="mt-6">{children}</div>
        </section>
        {below && <div className="text-center text-sm text-muted">{below}</div>}
      </main>
      <footer className="flex justify-center px-4 pb-6">
        <LanguageSwitch languages={languages} />
      </footer>
    </div>
  )
}
