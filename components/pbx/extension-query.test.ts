import { describe, expect, test } from 'vitest'
import { changed, columnsIn, columnsText, queryIn, sortText } from './extension-query.ts'

const nothing = {
  search: '',
  sort: 'extension',
  direction: 'ascending',
  page: 0,
}

describe('an address as a query', () => {
  test('says which, in which order, and which page', () => {
    expect(
      queryIn({
        q: ' mia ',
        status: 'blocked',
        product: '7',
        addon: '9',
        number: 'without',
        listed: 'yes',
        sort: '-name',
        page: '3',
      }),
    ).toEqual({
      search: 'mia',
      status: 'blocked',
      product: 7,
      addon: 9,
      number: 'without',
      published: true,
      sort: 'name',
      direction: 'descending',
      page: 2,
    })
  })

  test('of nonsense is everything', () => {
    expect(
      queryIn({
        status: 'gone',
        product: '-1',
        addon: '1e9',
        number: 'some',
        listed: 'perhaps',
        sort: 'shoe size',
        page: '-4',
      }),
    ).toEqual(nothing)
    expect(queryIn({ q: ['a', 'b'] })).toEqual({ ...nothing, search: 'a' })
    expect(queryIn({ q: 'x'.repeat(500) }).search).toHaveLength(100)
  })
})

describe('an address changed', () => {
  test('begins another list with its first page', () => {
    expect(changed('q=mia&page=3', { status: 'active' })).toBe('?q=mia&status=active')
    expect(changed('q=mia&page=3', { sort: '-name' })).toBe('?q=mia&sort=-name')
  })

  test('keeps the page when something is opened, or a column put away', () => {
    expect(changed('page=3', { open: '4665' })).toBe('?page=3&open=4665')
    expect(changed('page=3&open=4665', { open: undefined })).toBe('?page=3')
    expect(changed('', { open: undefined })).toBe('?')
  })
})

test('columns are said only where they are not the usual ones', () => {
  const usual = columnsIn({})
  expect(usual).toEqual(['name', 'product', 'numbers', 'device', 'status'])
  expect(columnsText(usual)).toBeUndefined()
  expect(columnsIn({ columns: columnsText(['status', 'name']) })).toEqual(['name', 'status'])
  expect(columnsIn({ columns: columnsText([]) })).toEqual([])
})

test('a heading sorts by it, then the other way round, then as at first', () => {
  expect(sortText('name', { sort: 'extension', direction: 'ascending' })).toBe('name')
  expect(sortText('name', { sort: 'name', direction: 'ascending' })).toBe('-name')
  expect(sortText('name', { sort: 'name', direction: 'descending' })).toBe('name')
  expect(sortText('extension', { sort: 'name', direction: 'ascending' })).toBeUndefined()
})
