type Props = Readonly<{
  /** As the server's generator draws it: one path in a square of `size`, its empty edge included. */
  code: Readonly<{ size: number; path: string }>
  /** What scanning it does: "Set up your softphone". */
  label: string
  className?: string
}>

/** A QR code: sharp at any size; dark on white in both themes, or scanners give up. */
export function QrCode({ code: { size, path }, label, className = 'size-48' }: Props) {
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className={`rounded-[0.5rem] bg-white ${className}`}
    >
      <path fill="#000000" d={path} />
    </svg>
  )
}
