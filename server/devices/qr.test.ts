import fc from 'fast-check'
import qrcode from 'qrcode'
import { expect, test } from 'vitest'
import { qrSvgPath } from './qr.ts'

/** Paints the path on squared paper, as a renderer would. */
function painted({ size, path }: { size: number; path: string }): string[] {
  const rows = Array.from({ length: size }, () => Array<string>(size).fill('.'))
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g))
    for (let n = 0; n < Number(width); n++) {
      const row = rows[Number(y)]
      if (row?.[Number(x) + n] !== '.') throw new Error('outside, or painted twice')
      row[Number(x) + n] = '#'
    }
  return rows.map((row) => row.join(''))
}

test('the path paints the code, module by module, inside four empty ones on each side', () => {
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: true }), (url) => {
      const code = qrSvgPath(url)
      const { modules } = qrcode.create(url, { errorCorrectionLevel: 'M' })
      expect(code.size).toBe(modules.size + 8)
      const wanted = Array.from({ length: code.size }, (_, y) =>
        Array.from({ length: code.size }, (_, x) => {
          const inside = x >= 4 && y >= 4 && x < modules.size + 4 && y < modules.size + 4
          return inside && modules.get(y - 4, x - 4) ? '#' : '.'
        }).join(''),
      )
      expect(painted(code)).toEqual(wanted)
    }),
    { numRuns: 40 },
  )
})

test('the path is nothing but moves and runs, whatever the text', () => {
  expect(qrSvgPath('"><script>').path).toMatch(/^(M\d+ \d+h\d+v1h-\d+z)+$/)
})

test('three finder patterns stand in their corners', () => {
  const rows = painted(qrSvgPath('https://portico.example/config/4f1d0c'))
  expect(rows[4]?.slice(4, 11)).toBe('#######')
  expect(rows[4]?.slice(-11, -4)).toBe('#######')
  expect(rows.at(-5)?.slice(4, 11)).toBe('#######')
})
