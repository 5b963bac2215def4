import { BLACK, contrast, mix, parseHex, type Rgb, readableOn, toHex, WHITE } from './contrast.ts'

/** What a site or environment says about its looks. */
export type Brand = Readonly<{ title: string; accent: string; logoUrl?: string | null }>

/** The accent of pages that belong to nobody in particular. */
export const DEFAULT_ACCENT = '#2f5bea'

export type AccentTokens = Readonly<{
  accent: string
  accentForeground: string
  accentHover: string
  accentText: string
  accentSoft: string
  accentSoftForeground: string
  focus: string
}>

/** The neutral ground text stands on in each theme; keep equal to app/globals.css. */
export const grounds = {
  light: { background: '#f7f7f8', surface: '#ffffff', 'surface-secondary': '#f7f7f8' },
  dark: { background: '#0e0e11', surface: '#18181b', 'surface-secondary': '#1f1f23' },
} as const

export type ThemeName = keyof typeof grounds

const INK: Rgb = [14 / 255, 14 / 255, 17 / 255]

/** Contrast asked of text, and of things that aren't text but must be seen (WCAG 1.4.3, 1.4.11). */
export const TEXT_RATIO = 4.5
export const SHAPE_RATIO = 3

/** Every accent token of one theme. A colour that can't be read is moved, never its hue. */
export function accentTokens(accent: string, theme: ThemeName): AccentTokens {
  const plain = Object.values(grounds[theme]).map((hex) => hexOr(hex, WHITE))
  const surface = hexOr(grounds[theme].surface, WHITE)
  const brand = hexOr(accent, hexOr(DEFAULT_ACCENT, BLACK))

  const fill = fillFor(theme === 'dark' ? readableOn(brand, [surface], SHAPE_RATIO) : brand)
  const foreground = contrast(fill, WHITE) >= TEXT_RATIO ? WHITE : INK
  const soft = mix(brand, surface, theme === 'dark' ? 0.2 : 0.1)

  return {
    accent: toHex(fill),
    accentForeground: toHex(foreground),
    // Away from the text, so that hovering never costs contrast.
    accentHover: toHex(mix(foreground === WHITE ? BLACK : WHITE, fill, 0.12)),
    // Also on a selected row.
    accentText: toHex(readableOn(brand, [...plain, soft], TEXT_RATIO)),
    accentSoft: toHex(soft),
    accentSoftForeground: toHex(readableOn(brand, [soft], TEXT_RATIO)),
    focus: toHex(readableOn(brand, plain, SHAPE_RATIO)),
  }
}

/**
 * White text wins where a slightly darker shade of the brand can carry it; only bright brands
 * (yellow, lime, cyan) get dark text. Below 3 no small change would do.
 */
function fillFor(brand: Rgb): Rgb {
  const onWhite = contrast(brand, WHITE)
  if (onWhite >= TEXT_RATIO) return brand
  if (onWhite >= SHAPE_RATIO) return readableOn(brand, [WHITE], TEXT_RATIO)
  return readableOn(brand, [INK], TEXT_RATIO)
}

const hexOr = (hex: string, other: Rgb): Rgb => parseHex(hex) ?? other

const declarations = (t: AccentTokens) =>
  `--accent:${t.accent};--accent-foreground:${t.accentForeground};--accent-hover:${t.accentHover};` +
  `--accent-text:${t.accentText};--accent-soft:${t.accentSoft};--accent-soft-hover:${t.accentSoft};` +
  `--accent-soft-foreground:${t.accentSoftForeground};--focus:${t.focus};--link:${t.accentText}`

/** The style sheet of a brand: tokens on the root, for both themes. Holds nothing but computed hex. */
export const brandCss = (accent: string): string =>
  `:root{${declarations(accentTokens(accent, 'light'))}}` +
  `[data-theme="dark"]{${declarations(accentTokens(accent, 'dark'))}}`
