'use client'

import { Bar } from 'recharts'
import { Bars } from '#components/ui/bars.tsx'

type Props = Readonly<{
  bars: readonly Readonly<{ month: string; invoiced: number; received: number }>[]
  names: Readonly<{ invoiced: string; received: string }>
  said: (value: number) => string
  saidShort: (value: number) => string
}>

/** Two bars a month: what was asked for, and what came. */
export function RevenueChart({ bars, names, said, saidShort }: Props) {
  return (
    <Bars rows={bars} below="month" gap={16} beside={64} said={said} saidShort={saidShort}>
      <Bar
        name={names.invoiced}
        dataKey="invoiced"
        fill="var(--accent)"
        isAnimationActive={false}
      />
      <Bar
        name={names.received}
        dataKey="received"
        fill="var(--success)"
        isAnimationActive={false}
      />
    </Bars>
  )
}
