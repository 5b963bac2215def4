import { describe, expect, test } from 'vitest'
import { checkVatId } from './vat.ts'

/** Numbers that exist, or that tax offices print as examples; the last digits are check digits. */
const real = [
  ['AT', 'ATU13585627'],
  ['BE', 'BE0428759497'],
  ['BG', 'BG175074752'],
  ['CH', 'CHE107787577IVA'],
  ['CH', 'CHE100155212'],
  ['CY', 'CY10259033P'],
  ['CZ', 'CZ25123891'],
  ['DE', 'DE136695976'],
  ['DK', 'DK13585628'],
  ['EE', 'EE100931558'],
  ['ES', 'ES54362315K'],
  ['ES', 'ESX2482300W'],
  ['ES', 'ESB58378431'],
  ['FI', 'FI20774740'],
  ['FR', 'FR40303265045'],
  ['GB', 'GB980780684'],
  ['GB', 'GBGD001'],
  ['GR', 'EL094259216'],
  ['HR', 'HR33392005961'],
  ['HU', 'HU12892312'],
  ['IE', 'IE6433435F'],
  ['IE', 'IE6433435OA'],
  ['IT', 'IT00743110157'],
  ['LT', 'LT119511515'],
  ['LU', 'LU15027442'],
  ['LV', 'LV40003521600'],
  ['MT', 'MT11679112'],
  ['NL', 'NL004495445B01'],
  ['NO', 'NO995525828MVA'],
  ['PL', 'PL8567346215'],
  ['PT', 'PT501964843'],
  ['RO', 'RO18547290'],
  ['SE', 'SE123456789701'],
  ['SI', 'SI50223054'],
  ['SK', 'SK2022749619'],
  ['US', '123456789'],
] as const

describe('VAT numbers', () => {
  test.each(real)('%s: %s, in any writing', (country, id) => {
    expect(checkVatId(country, id)).toBe(id)
    expect(checkVatId(country, ` ${id.toLowerCase().replace(/(...)/g, '$1 ')}`)).toBe(id)
    expect(checkVatId(country, id.replace(/(\d{3})/g, '.$1-'))).toBe(id)
  })

  test('with or without the country in front', () => {
    expect(checkVatId('DE', '136695976')).toBe('DE136695976')
    expect(checkVatId('GR', '094259216')).toBe('EL094259216')
    expect(checkVatId('GR', 'GR094259216')).toBe('EL094259216')
    expect(checkVatId('CH', 'CHE-100.155.212 MWST')).toBe('CHE100155212MWST')
  })

  test.each(
    'BE CH DE DK FI FR HR IT LU NO PL PT SK'
      .split(' ')
      .map((country) => real.find(([of]) => of === country)!),
  )('%s: %s with any one digit mistyped is none', (country, id) => {
    for (const [at, digit] of [...id].entries())
      if (/\d/.test(digit))
        for (let by = 1; by < 10; by += 1) {
          const wrong = `${id.slice(0, at)}${(Number(digit) + by) % 10}${id.slice(at + 1)}`
          expect(checkVatId(country, wrong), wrong).toBeUndefined()
        }
  })

  test.each([
    ['DE', ''],
    ['DE', '13669597'],
    ['DE', '1366959760'],
    ['DE', 'FR40303265045'],
    ['DE', 'DE13669597X'],
    ['ES', '54362315X'],
    ['ES', 'X2482300A'],
    ['SE', 'SE123456789801'],
    ['SE', 'SE123456789702'],
    ['NO', '995525828'],
    ['CH', '100155212'],
    ['GB', 'GB980780685'],
    ['GR', 'EL09425921'],
    ['US', 'none'],
    ['US', '12'],
    ['US', '1'.repeat(21)],
  ])('%s: %j is none', (country, text) => expect(checkVatId(country, text)).toBeUndefined())
})
