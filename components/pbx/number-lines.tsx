import { PhoneNumber } from '#components/ui/money.tsx'

/** Phone numbers one under another; a dash where there is none. */
export function NumberLines({ numbers }: { numbers: readonly string[] }) {
  if (numbers.length === 0) return <span className="text-muted">–</span>
  return (
    <span className="grid">
      {numbers.map((number) => (
        <PhoneNumber key={number} number={number} />
      ))}
    </span>
  )
}
