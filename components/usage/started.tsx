import { useFormatter } from 'next-intl'

/** When it began, by the calendar that bills it: in the customer's zone, whoever reads it. */
export function Started({ at, timeZone }: { at: string; timeZone: string }) {
  const format = useFormatter()
  return (
    <time dateTime={at} suppressHydrationWarning className="figures whitespace-nowrap">
      {format.dateTime(new Date(at), { dateStyle: 'medium', timeStyle: 'short', timeZone })}
    </time>
  )
}
