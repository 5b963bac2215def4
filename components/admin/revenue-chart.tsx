'use client'

import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'

type Props = Readonly<{
  bars: readonly Readonly<{ month: string; invoiced: number; received: number }>[]
  names: Readonly<{ invoiced: string; received: string }>
  said: (value: number) => string
}>

const small = { fontSize: 11, fill: 'var(--muted)' }

/** Two bars a month: what was asked for, and what came. */
export function RevenueChart({ bars, names, said }: Props) {
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart
        accessibilityLayer={false}
        data={[...bars]}
        margin={{ top: 4, right: 0, bottom: 0, left: 0 }}
      >
        <CartesianGrid vertical={false} stroke="var(--separator)" />
        <XAxis dataKey="month" tick={small} tickLine={false} axisLine={false} minTickGap={16} />
        <YAxis tick={small} tickLine={false} axisLine={false} width={64} tickFormatter={said} />
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
      </BarChart>
    </ResponsiveContainer>
  )
}
