'use client'

import { Bar } from 'recharts'
import { Bars } from '#components/ui/bars.tsx'

type Props = Readonly<{
  bars: readonly Readonly<{ day: string; values: readonly number[] }>[]
  /** Of the services, in the order of a bar's values. */
  names: readonly string[]
  said: (value: number) => string
}>

const colours = [
  'var(--accent)',
  'var(--success)',
  'var(--warning)',
  'var(--danger)',
  'var(--muted)',
]

/** A bar a day, a colour a service. */
export function UsageChart({ bars, names, said }: Props) {
  return (
    <Bars rows={bars} below="day" gap={24} beside={56} said={said}>
      {names.map((name, i) => (
        <Bar
          key={name}
          name={name}
          stackId="day"
          dataKey={({ values }: Props['bars'][number]) => values[i]}
          fill={colours[i % colours.length]}
          isAnimationActive={false}
        />
      ))}
    </Bars>
  )
}
