import qrcode from 'qrcode'

// ISO/IEC 18004: four modules of nothing on each side, or some cameras don't see it.
const quietZone = 4

/**
 * A QR code as one SVG path in a square of `size` units. Fill it dark on a white ground in either
 * theme: many readers refuse an inverted one.
 */
export function qrSvgPath(text: string): { size: number; path: string } {
  const { modules } = qrcode.create(text, { errorCorrectionLevel: 'M' })
  const side = modules.size

  const runs = Array.from({ length: side }, (_, y) => {
    const row = Array.from({ length: side }, (_, x) => (modules.get(y, x) ? '1' : '0')).join('')
    return [...row.matchAll(/1+/g)].map(({ 0: run, index }) => {
      return `M${index + quietZone} ${y + quietZone}h${run.length}v1h-${run.length}z`
    })
  })
  return { size: side + 2 * quietZone, path: runs.flat().join('') }
}
