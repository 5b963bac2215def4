import { files } from '#server/kernel/routes.ts'

type Answer = { id?: string; error?: { message: string; data: unknown } }

/** Sends a file, and answers the upload's id. Throws as procedures do: a refusal can be shown. */
export async function sendFile(file: File): Promise<{ id: string }> {
  const form = new FormData()
  form.append('file', file)
  const response = await fetch(files.upload(), { method: 'POST', body: form })
  const answer = (await response.json().catch(() => ({}))) as Answer
  if (answer.id) return { id: answer.id }
  const { message = '', data = { httpStatus: response.status } } = answer.error ?? {}
  throw Object.assign(new Error(message), { data })
}
