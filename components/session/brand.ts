import { cache } from 'react'
import type { Brand } from '#components/theme/brand.ts'
import { DEFAULT_ACCENT } from '#components/theme/brand.ts'
import { api } from '#components/trpc/server.tsx'

/** The house's name and colour before anybody is known; plain ones while the server is away. */
export const houseBrand = cache(async (): Promise<Brand & { supportEmail?: string }> => {
  try {
    return await api().auth.brand.query()
  } catch {
    return { title: 'Portico', accent: DEFAULT_ACCENT }
  }
})
