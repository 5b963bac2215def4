import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { grounds, type ThemeName } from './brand.ts'
import { contrast, parseHex } from './contrast.ts'

const css = readFileSync(new URL('../../app/globals.css', import.meta.url), 'utf8')

/** The hex tokens of one theme's block in globals.css. */
function tokens(theme: ThemeName): Map<string, string> {
  const start = theme === 'light' ? '  :root {' : '  [data-theme="dark"] {'
  const block = css.slice(css.indexOf(start), css.indexOf('\n  }\n', css.indexOf(start)))
  return new Map(
    [...block.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map((m) => [m[1] ?? '', m[2] ?? '']),
  )
}

const ratio = (of: Map<string, string>, a: string, b: string) => {
  const [one, other] = [parseHex(of.get(a) ?? ''), parseHex(of.get(b) ?? '')]
  if (!one || !other) throw new Error(`${a} or ${b} is missing`)
  return contrast(one, other)
}

test.each(['light', 'dark'] as const)('%s: text and status colours can be read', (theme) => {
  const t = tokens(theme)

  for (const ground of ['background', 'surface', 'surface-secondary', 'overlay'])
    for (const text of ['foreground', 'muted', 'success-text', 'warning-text', 'danger-text'])
      expect(ratio(t, text, ground), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5)

  for (const status of ['success', 'warning', 'danger']) {
    expect(ratio(t, `${status}-foreground`, status), status).toBeGreaterThanOrEqual(4.5)
    expect(ratio(t, `${status}-soft-foreground`, `${status}-soft`)).toBeGreaterThanOrEqual(4.5)
  }

  expect(ratio(t, 'muted', 'default'), 'a disabled button says why').toBeGreaterThanOrEqual(4.5)
  expect(ratio(t, 'field-placeholder', 'field-background')).toBeGreaterThanOrEqual(4.5)
  expect(ratio(t, 'field-border', 'field-background')).toBeGreaterThanOrEqual(3)
  expect(ratio(t, 'field-border', 'surface')).toBeGreaterThanOrEqual(3)
})

test('the grounds brands are computed against are the ones on the page', () => {
  for (const theme of ['light', 'dark'] as const)
    expect(grounds[theme]).toEqual({
      background: tokens(theme).get('background'),
      surface: tokens(theme).get('surface'),
      'surface-secondary': tokens(theme).get('surface-secondary'),
    })
})
