import fc from 'fast-check'
import { expect, test } from 'vitest'
import { accentTokens, brandCss, grounds } from './brand.ts'
import { contrast, parseHex, type Rgb, readableOn, toHex } from './contrast.ts'

const rgb = (hex: string): Rgb => {
  const color = parseHex(hex)
  if (!color) throw new Error(`${hex} is not a colour`)
  return color
}

const ratio = (a: string, b: string) => contrast(rgb(a), rgb(b))

const anyHex = fc
  .integer({ min: 0, max: 0xffffff })
  .map((n) => `#${n.toString(16).padStart(6, '0')}`)

test('contrast is what WCAG says it is', () => {
  expect(ratio('#000000', '#ffffff')).toBe(21)
  expect(ratio('#ffffff', '#ffffff')).toBe(1)
  expect(ratio('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
})

test('whatever the brand colour, text on it, beside it and in it can be read in both themes', () => {
  fc.assert(
    fc.property(anyHex, fc.constantFrom('light' as const, 'dark' as const), (accent, theme) => {
      const t = accentTokens(accent, theme)

      expect(ratio(t.accentForeground, t.accent)).toBeGreaterThanOrEqual(4.5)
      expect(ratio(t.accentForeground, t.accentHover)).toBeGreaterThanOrEqual(4.5)
      expect(ratio(t.accentText, t.accentSoft)).toBeGreaterThanOrEqual(4.5)
      expect(ratio(t.accentSoftForeground, t.accentSoft)).toBeGreaterThanOrEqual(4.5)
      for (const ground of Object.values(grounds[theme])) {
        expect(ratio(t.accentText, ground)).toBeGreaterThanOrEqual(4.5)
        expect(ratio(t.focus, ground)).toBeGreaterThanOrEqual(3)
      }
    }),
    { numRuns: 2_000 },
  )
})

test('a brand that is readable as it is stays as it is', () => {
  expect(accentTokens('#0b6b3a', 'light')).toMatchObject({
    accent: '#0b6b3a',
    accentForeground: '#ffffff',
    accentText: '#0b6b3a',
  })
})

test('a bright brand keeps its colour and gets dark text; a middling one is darkened for white', () => {
  expect(accentTokens('#ffd400', 'light')).toMatchObject({
    accent: '#ffd400',
    accentForeground: '#0e0e11',
  })
  expect(accentTokens('#3b82f6', 'light')).toMatchObject({ accentForeground: '#ffffff' })
})

test('the nearest readable colour keeps its hue', () => {
  const [r, g, b] = readableOn(rgb('#9ecbff'), [rgb('#ffffff')], 4.5)
  expect(b).toBeGreaterThan(g)
  expect(g).toBeGreaterThan(r)
})

test('what is not a colour never reaches the style sheet', () => {
  expect(brandCss('red;}</style><script>')).toBe(brandCss('#2f5bea'))
  expect(toHex(rgb('#A1b2C3'))).toBe('#a1b2c3')
})
