import type { Metadata, Viewport } from 'next'
import localFont from 'next/font/local'
import { headers } from 'next/headers'
import { getLocale, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { EarlyPress } from '#components/layout/early-press.tsx'
import { DEFAULT_ACCENT } from '#components/theme/brand.ts'
import { BrandTokens } from '#components/theme/brand-tokens.tsx'
import { LateTheme } from '#components/theme/late-theme.tsx'
import { beforePaint } from '#components/theme/theme.ts'
import { TrpcProvider } from '#components/trpc/client.tsx'
import { keepEarlyPress } from '#components/ui/early-press.ts'
import { directionOf } from '#i18n/locales.ts'
import { Messages } from '#i18n/messages.tsx'
import './globals.css'

const inter = localFont({
  src: '../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  variable: '--font-inter',
  weight: '100 900',
  display: 'swap',
  adjustFontFallback: false,
})

// Fetched only by pages that show a letter of it.
const interExt = localFont({
  src: '../node_modules/@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2',
  variable: '--font-inter-ext',
  weight: '100 900',
  display: 'swap',
  preload: false,
  adjustFontFallback: false,
  declarations: [
    {
      prop: 'unicode-range',
      value:
        'U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+0304,U+0308,U+0329,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF',
    },
  ],
})

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('common')
  return {
    title: { default: 'Portico', template: '%s' },
    description: t('description'),
    formatDetection: { telephone: false, email: false, address: false },
  }
}

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f7f7f8' },
    { media: '(prefers-color-scheme: dark)', color: '#0e0e11' },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [locale, head] = await Promise.all([getLocale(), headers()])
  const nonce = head.get('x-nonce') ?? undefined

  return (
    // The script below sets data-theme; browsers hide the nonce: both differ from what was sent.
    <html
      lang={locale}
      dir={directionOf(locale)}
      className={`${inter.variable} ${interExt.variable}`}
      suppressHydrationWarning
    >
      <head>
        <script
          nonce={nonce}
          suppressHydrationWarning
          dangerouslySetInnerHTML={{ __html: `${keepEarlyPress};${beforePaint}` }}
        />
      </head>
      <body>
        <LateTheme />
        <EarlyPress />
        <BrandTokens accent={DEFAULT_ACCENT} />
        <Messages anonymous>
          <TrpcProvider>{children}</TrpcProvider>
        </Messages>
      </body>
    </html>
  )
}
