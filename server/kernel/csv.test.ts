import { expect, test } from 'vitest'
import { toCsv } from '#server/kernel/csv.ts'

test('a table in a file that every spreadsheet reads', () => {
  expect(
    toCsv([
      ['Number', 'Name', 'DID numbers'],
      ['0101', 'Mia “M” O’Neill, Sales', '12094555948,12094555949'],
      ['102', 'says "hi"\nand goes', ''],
    ]),
  ).toBe(
    '\uFEFFNumber,Name,DID numbers\r\n' +
      '0101,"Mia “M” O’Neill, Sales","12094555948,12094555949"\r\n' +
      '102,"says ""hi""\nand goes",\r\n',
  )
})

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '＝1', "'=1", '\t=1', '=HYPERLINK("http://x","y")'])(
  '%j is text, not a formula',
  (cell) => {
    expect(toCsv([[cell]])).toMatch(/^\uFEFF"?'/)
  },
)
