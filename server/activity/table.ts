import type { ActivityRow } from '#server/activity/schema.ts'
import type { Locale } from '#server/kernel/locale.ts'

/** Of the exported file. */
export const headings = {
  en: [
    'Time',
    'Who',
    'Realm',
    'On behalf of',
    'Action',
    'About',
    'Name',
    'Outcome',
    'Before',
    'After',
  ],
  es: [
    'Hora',
    'Quién',
    'Ámbito',
    'En nombre de',
    'Acción',
    'Sobre',
    'Nombre',
    'Resultado',
    'Antes',
    'Después',
  ],
} as const satisfies Record<Locale, readonly string[]>

/** A row of the exported file; times as the customer's clocks show them, with the offset. */
export const columnsOf = (row: ActivityRow, timeZone: string): string[] => [
  clockTime(new Date(row.at), timeZone),
  row.actor,
  row.realm,
  row.onBehalfOf ?? '',
  row.action,
  row.subject ?? `${row.entity} ${row.entityId}`,
  row.name ?? '',
  row.outcome,
  factsOf(row.before),
  factsOf(row.after),
]

/** ISO 8601 to the second: '2026-11-21T04:00:00-08:00'. */
function clockTime(at: Date, timeZone: string): string {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat('en', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      timeZoneName: 'longOffset',
    })
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  )
  const offset = parts.timeZoneName === 'GMT' ? '+00:00' : parts.timeZoneName?.slice('GMT'.length)
  return `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}:${parts.second}${offset}`
}

/** One fact a line: `status: active`. */
const factsOf = (facts: Record<string, unknown> | null): string =>
  Object.entries(facts ?? {})
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('; ')
