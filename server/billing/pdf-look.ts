import type { Voice } from '#server/billing/pdf-texts.ts'
import type { InvoiceDocument } from '#server/billing/schema.document.ts'
import { contrast } from '#server/kernel/colour.ts'

export type Palette = Readonly<
  Record<'accent' | 'accentText' | 'tint' | 'ink' | 'muted' | 'rule' | 'good' | 'bad', string>
>

/** All that parts of the page are drawn from. */
export type Sheet = Readonly<{ document: InvoiceDocument; voice: Voice; palette: Palette }>

export type Margins = [left: number, top: number, right: number, bottom: number]

/** Points; A4 is 595 wide. */
export const margin = 48
export const width = 595.28 - 2 * margin

const [ink, paper, ours] = ['#18181b', '#ffffff', '#3b5bdb']

/** The brand's colour where it is only seen, and a readable one where it is read. */
export function paletteOf(brand: string): Palette {
  const accent = /^#[0-9a-f]{6}$/i.test(brand) ? brand : ours
  return {
    accent,
    accentText: contrast(accent, paper) >= 4.5 ? accent : ink,
    tint: mixed(accent, 0.06),
    ink,
    muted: '#62626b',
    rule: '#dcdce2',
    good: '#15803d',
    bad: '#b42318',
  }
}

/** So much of a colour on white. */
const mixed = (colour: string, share: number): string =>
  `#${[1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
    .map((part) =>
      Math.round(255 - (255 - part) * share)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`

export const label = ({ muted }: Palette) => ({ fontSize: 8, color: muted })
export const small = ({ muted }: Palette) => ({ fontSize: 7.5, color: muted, lineHeight: 1.3 })
/** Digits of one width, so that columns of amounts line up. */
export const figures = {
  fontFeatures: ['tnum'] as ['tnum'],
  alignment: 'right' as const,
  noWrap: true,
}
