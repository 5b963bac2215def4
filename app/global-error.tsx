'use client'

import { brandCss, DEFAULT_ACCENT } from '#components/theme/brand.ts'
import './globals.css'

/** The layout itself failed: no texts, no theme, no fonts to rely on. Said in English. */
export default function GlobalError({ retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Something went wrong</title>
        <style dangerouslySetInnerHTML={{ __html: brandCss(DEFAULT_ACCENT) }} />
        <main className="mx-auto grid min-h-dvh max-w-md content-center justify-items-center gap-4 px-6 text-center">
          <h1 className="text-xl font-semibold">Something went wrong on our side</h1>
          <p className="text-muted">Nothing that was saved is lost. Try again in a moment.</p>
          <button type="button" className="button button--primary mt-2" onClick={() => retry()}>
            Try again
          </button>
        </main>
      </body>
    </html>
  )
}
