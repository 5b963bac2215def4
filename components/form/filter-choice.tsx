import { useId } from 'react'

export type FilterOption = Readonly<{ value: string; label: string }>

type Props = Readonly<{
  label: string
  value: string
  options: readonly FilterOption[]
  onChange: (value: string) => void
}>

/** One of a list's filters: a small label, and what it lets through. */
export function FilterChoice({ label, value, options, onChange }: Props) {
  const id = useId()
  return (
    <div className="grid min-w-0 gap-1 max-sm:w-full">
      <label htmlFor={id} className="text-xs text-muted">
        {label}
      </label>
      <select
        id={id}
        value={value}
        autoComplete="off"
        className="input"
        onChange={(event) => onChange(event.target.value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  )
}
