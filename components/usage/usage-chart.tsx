'use client'

import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'

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
const small = { fontSize: 11, fill: 'var(--muted)' }

/** A bar a day, a colour a service. */
export function UsageChart({ bars, names, said }: Props) {
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart
        accessibilityLayer={false}
        data={[...bars]}
        margin={{ top: 4, right: 0, bottom: 0, left: 0 }}
      >
        <CartesianGrid vertical={false} stroke="var(--separator)" />
        <XAxis dataKey="day" tick={small} tickLine={false} axisLine={false} minTickGap={24} />
        <YAxis tick={small} tickLine={false} axisLine={false} width={56} tickFormatter={said} />
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
      </BarChart>
    </ResponsiveContainer>
  )
}
