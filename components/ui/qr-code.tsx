type Props = Readonly<{
  /** Rows of `1` (dark) and `0`, separated by newlines; as the server's generator makes it. */
  matrix: string
  /** What scanning it does: "Set up your softphone". */
  label: string
  className?: string
}>

/** The standard asks for four empty modules around the code (ISO/IEC 18004, 5.3.8). */
const QUIET = 4

/** A QR code as one path: sharp at any size; dark on white in both themes, or scanners give up. */
export function QrCode({ matrix, label, className }: Props) {
  const rows = matrix.trim().split('\n')
  const size = rows.length + QUIET * 2
  const path = rows
    .flatMap((row, y) =>
      [...row.matchAll(/1+/g)].map(
        (run) => `M${run.index + QUIET} ${y + QUIET}h${run[0].length}v1h-${run[0].length}z`,
      ),
    )
    .join('')

  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className={`rounded-[0.5rem] ${className ?? 'size-48'}`}
    >
      <path fill="#ffffff" d={`M0 0h${size}v${size}H0z`} />
      <path fill="#000000" d={path} />
    </svg>
  )
}
