import { usageFile } from '#server/kernel/routes.ts'
import type { ImportResult } from '#server/usage/schema.ts'

type Answer = ImportResult | { error?: { message: string; data: unknown } }

/** Sends a file of records, and answers what came of it. Throws as procedures do. */
export async function sendUsage(file: File): Promise<ImportResult> {
  const form = new FormData()
  form.append('file', file)
  const response = await fetch(usageFile(), { method: 'POST', body: form })
  const answer = (await response.json().catch(() => ({}))) as Answer
  if ('imported' in answer) return answer
  const { message = '', data = { httpStatus: response.status } } = answer.error ?? {}
  throw Object.assign(new Error(message), { data })
}
