import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import pdfmake from 'pdfmake'
import { unpackWoff } from '#server/billing/pdf-woff.ts'

const require = createRequire(import.meta.url)

/** Files of a font come by script, and one text may need several: names of people don't ask. */
const scripts = {
  latin: ['inter', 'latin'],
  'latin-ext': ['inter', 'latin-ext'],
  cyrillic: ['inter', 'cyrillic'],
  'cyrillic-ext': ['inter', 'cyrillic-ext'],
  greek: ['inter', 'greek'],
  vietnamese: ['inter', 'vietnamese'],
  arabic: ['noto-sans-arabic', 'arabic'],
} as const satisfies Record<string, readonly [family: string, subset: string]>
export type Script = keyof typeof scripts

const weights = { normal: 400, bold: 600 } as const
type Weight = keyof typeof weights

type Range = readonly [from: number, to: number]

/** 'U+0301,U+0400-045F' as the packages list what each file holds. */
const rangesOf = (family: string, subset: string): Range[] => {
  const listed = require(`@fontsource/${family}/unicode.json`) as Record<string, string>
  return (listed[subset] ?? '').split(',').map((range) => {
    const [from = '', to = from] = range.replace('U+', '').split('-')
    return [Number.parseInt(from, 16), Number.parseInt(to, 16)]
  })
}

const order = Object.keys(scripts) as Script[]
const ranges = order.map(
  (script) => [script, rangesOf(scripts[script][0], scripts[script][1])] as const,
)

const styleOf = (script: Script, weight: Weight) => `${script} ${weights[weight]}`

function unpacked(script: Script, weight: Weight): Buffer {
  const [family, subset] = scripts[script]
  const file = `@fontsource/${family}/files/${family}-${subset}-${weights[weight]}-normal.woff`
  return unpackWoff(readFileSync(require.resolve(file)))
}

/** Its files in memory, which its types don't know. */
type WithFiles = typeof pdfmake & {
  virtualfs: { writeFileSync(name: string, bytes: Uint8Array): void }
}

let isLoaded = false

/**
 * What makes PDFs, with our fonts to embed, unpacked once; nothing else is read from disk, and nothing
 * from the network.
 */
export function printer(): typeof pdfmake {
  if (!isLoaded) load(pdfmake as WithFiles)
  isLoaded = true
  return pdfmake
}

function load(maker: WithFiles): void {
  const fonts = order.map((script) => {
    for (const weight of ['normal', 'bold'] as const)
      maker.virtualfs.writeFileSync(styleOf(script, weight), unpacked(script, weight))
    return [script, { normal: styleOf(script, 'normal'), bold: styleOf(script, 'bold') }]
  })
  maker.setFonts(Object.fromEntries(fonts))
  maker.setUrlAccessPolicy(() => false)
  maker.setLocalAccessPolicy(() => false)
}

const known = new Map<string, Script>()

/** The file that has a character; what none has is left to the first, which shows a box. */
function scriptOf(character: string): Script {
  const found = known.get(character)
  if (found) return found
  const point = character.codePointAt(0) ?? 0
  const script =
    ranges.find(([, own]) => own.some(([from, to]) => from <= point && point <= to))?.[0] ?? 'latin'
  known.set(character, script)
  return script
}

const isLatin = /^[\u0020-\u00ff\u2010-\u2022\u202f\u20ac]*$/
const fromTheRight = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/

export type Run = Readonly<{ text: string; font: Script }>

/** A text as it is drawn: from left to right, each stretch with the font that has it. */
export function runsOf(text: string): Run[] {
  if (isLatin.test(text)) return [{ text, font: 'latin' }]

  const runs: { text: string; font: Script }[] = []
  for (const character of visual(text)) {
    const font = scriptOf(character)
    const last = runs.at(-1)
    if (last?.font === font) last.text += character
    else runs.push({ text: character, font })
  }
  return runs
}

/** As many characters as surely stand on one line: what is read from the right can't be broken. */
const oneLine = 48

/**
 * Words of scripts read from the right, in the order they are drawn in. The letters of a word are
 * turned and joined where it is drawn; a stretch of such words, and what stands between, is turned here.
 */
function visual(text: string): string {
  if (!fromTheRight.test(text)) return text

  const words = text.split(' ')
  const isRight = words.map((word) => fromTheRight.test(word))
  const drawn: string[] = []
  for (let at = 0; at < words.length; at++) {
    const end = isRight[at] ? lastOfStretch(words, isRight, at) : at
    const stretch = words.slice(at, end + 1).reverse()
    const length = stretch.join(' ').length
    drawn.push(stretch.join(length > oneLine ? ' ' : '\u00a0'))
    at = end
  }
  return drawn.join(' ')
}

/** Numbers and signs between two such words go with them; a word read from the left ends it. */
function lastOfStretch(words: readonly string[], isRight: readonly boolean[], at: number): number {
  let end = at
  for (let n = at + 1; n < words.length && (isRight[n] || !/\p{L}/u.test(words[n]!)); n++) {
    if (isRight[n]) end = n
  }
  return end
}
