/**
 * Colour arithmetic for brands: whatever a provider picks stays readable.
 * Pure; channels are 0–1, sRGB. OKLCH after Björn Ottosson, contrast after WCAG 2.2.
 */
export type Rgb = readonly [red: number, green: number, blue: number]

type Oklch = Readonly<{ lightness: number; chroma: number; hue: number }>

const HEX = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i

/** Undefined unless it is `#rrggbb`: nothing else may reach a style sheet. */
export function parseHex(hex: string): Rgb | undefined {
  const found = HEX.exec(hex)
  if (!found) return undefined

  const channel = (i: number) => Number.parseInt(found[i] ?? '0', 16) / 255
  return [channel(1), channel(2), channel(3)]
}

export const toHex = (color: Rgb): string =>
  `#${color
    .map((c) =>
      Math.round(clamp(c) * 255)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`

const clamp = (value: number, least = 0, most = 1) => Math.min(most, Math.max(least, value))

const toLinear = (c: number) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
const fromLinear = (c: number) => (c <= 0.0031308 ? c * 12.92 : 1.055 * c ** (1 / 2.4) - 0.055)

/** WCAG 2.2, "relative luminance". */
export function luminance([r, g, b]: Rgb): number {
  return 0.2126 * toLinear(r) + 0.7152 * toLinear(g) + 0.0722 * toLinear(b)
}

/** WCAG 2.2 contrast ratio, 1–21. */
export function contrast(a: Rgb, b: Rgb): number {
  const [one, other] = [luminance(a), luminance(b)]
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
}

/** As a screen will show it: contrast is judged after rounding to 8 bits, or 4.4988 would pass. */
const onScreen = (color: readonly number[]): Rgb => {
  const channel = (i: number) => Math.round(clamp(color[i] ?? 0) * 255) / 255
  return [channel(0), channel(1), channel(2)]
}

/** `share` of `over` painted on `under`, as `color-mix(in srgb, …)` does. */
export const mix = (over: Rgb, under: Rgb, share: number): Rgb =>
  onScreen(over.map((c, i) => c * share + (under[i] ?? 0) * (1 - share)))

/** The colour nearest to `color` in lightness, hue kept, with this contrast to every background. */
export function readableOn(color: Rgb, backgrounds: readonly Rgb[], ratio: number): Rgb {
  const enough = (candidate: Rgb) => backgrounds.every((bg) => contrast(candidate, bg) >= ratio)
  if (enough(color)) return color

  const start = toOklch(color)
  // 200 steps of 0.5 % lightness: finer than an eye can tell, and always ends at black or white.
  for (let step = 1; step <= 200; step++)
    for (const direction of [-1, 1]) {
      const lightness = start.lightness + direction * step * 0.005
      if (lightness < 0 || lightness > 1) continue
      const candidate = fromOklch({ ...start, lightness })
      if (enough(candidate)) return candidate
    }

  return luminance(backgrounds[0] ?? WHITE) > 0.18 ? BLACK : WHITE
}

export const WHITE: Rgb = [1, 1, 1]
export const BLACK: Rgb = [0, 0, 0]

function toOklch([r, g, b]: Rgb): Oklch {
  const [lr, lg, lb] = [toLinear(r), toLinear(g), toLinear(b)]
  const l = Math.cbrt(0.4122214708 * lr + 0.5363325363 * lg + 0.0514459929 * lb)
  const m = Math.cbrt(0.2119034982 * lr + 0.6806995451 * lg + 0.1073969566 * lb)
  const s = Math.cbrt(0.0883024619 * lr + 0.2817188376 * lg + 0.6299787005 * lb)
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s
  const bb = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s
  return {
    lightness: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    chroma: Math.hypot(a, bb),
    hue: Math.atan2(bb, a),
  }
}

/** Into sRGB; chroma is given up, not lightness or hue, where a screen can't show it. */
function fromOklch(color: Oklch): Rgb {
  for (let chroma = color.chroma; chroma > 0.001; chroma *= 0.95) {
    const rgb = toSrgb({ ...color, chroma })
    if (rgb.every((c) => c >= -0.0005 && c <= 1.0005)) return onScreen(rgb)
  }
  return onScreen(toSrgb({ ...color, chroma: 0 }))
}

function toSrgb({ lightness, chroma, hue }: Oklch): Rgb {
  const a = chroma * Math.cos(hue)
  const b = chroma * Math.sin(hue)
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    fromLinear(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    fromLinear(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    fromLinear(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ]
}
