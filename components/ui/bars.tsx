import type { ReactNode } from 'react'
import { BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'

type Props = Readonly<{
  rows: readonly Readonly<Record<string, unknown>>[]
  /** What of a row stands below its bars. */
  below: string
  /** At least so many pixels from one of these words to the next. */
  gap: number
  /** So many pixels for the figures beside the bars. */
  beside: number
  said: (value: number) => string
  /** The same beside the bars, where there is little room. */
  saidShort?: (value: number) => string
  /** Which bars a row has. */
  children: ReactNode
}>

const small = { fontSize: 11, fill: 'var(--muted)' }

/** Bars in our colours, as wide and high as what they stand in. */
export function Bars({ rows, below, gap, beside, said, saidShort = said, children }: Props) {
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart
        accessibilityLayer={false}
        data={[...rows]}
        margin={{ top: 4, right: 0, bottom: 0, left: 0 }}
      >
        <CartesianGrid vertical={false} stroke="var(--separator)" />
        <XAxis dataKey={below} tick={small} tickLine={false} axisLine={false} minTickGap={gap} />
        <YAxis
          tick={small}
          tickLine={false}
          axisLine={false}
          width={beside}
          tickFormatter={saidShort}
        />
        <Tooltip
          formatter={(value, name) => [said(Number(value)), name]}
          cursor={{ fill: 'var(--surface-secondary)' }}
          contentStyle={{
            background: 'var(--surface)',
            border: '1px solid var(--border)',
            borderRadius: 8,
            fontSize: 13,
          }}
          labelStyle={{ color: 'var(--foreground)' }}
          itemStyle={{ color: 'var(--foreground)' }}
        />
        {children}
      </BarChart>
    </ResponsiveContainer>
  )
}
