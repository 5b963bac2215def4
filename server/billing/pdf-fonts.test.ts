import { expect, test } from 'vitest'
import { runsOf } from '#server/billing/pdf-fonts.ts'

const fonts = (text: string) => runsOf(text).map(({ text: part, font }) => [font, part])
const drawn = (text: string) =>
  runsOf(text)
    .map(({ text: part }) => part)
    .join('')

test('each stretch of a text has the font that knows its letters', () => {
  expect(fonts('ABC, 4665 – €5')).toEqual([['latin', 'ABC, 4665 – €5']])
  expect(fonts('Łódź')).toEqual([
    ['latin-ext', 'Ł'],
    ['latin', 'ód'],
    ['latin-ext', 'ź'],
  ])
  expect(fonts('Line Олена')).toEqual([
    ['latin', 'Line '],
    ['cyrillic', 'Олена'],
  ])
})

test('words read from the right are drawn from the left, with the numbers between them', () => {
  expect(drawn('مكتب الاستقبال')).toBe('الاستقبال\u00a0مكتب')
  expect(drawn('Line 5 مكتب 12 الاستقبال, Cairo')).toBe('Line 5 الاستقبال,\u00a012\u00a0مكتب Cairo')
  expect(drawn('مكتب ABC الاستقبال')).toBe('مكتب ABC الاستقبال')
  expect(drawn('Just Latin')).toBe('Just Latin')
})

test('what no font knows is still a text', () => {
  expect(drawn('株式会社 😀')).toBe('株式会社 😀')
})
