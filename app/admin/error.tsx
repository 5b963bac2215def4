'use client'

import { PageFailed } from '#components/layout/page-failed.tsx'

export default function AdminError({ error, retry }: { error: unknown; retry: () => void }) {
  return <PageFailed error={error} retry={retry} />
}
