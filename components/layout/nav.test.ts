import { expect, test } from 'vitest'
import { currentItem, type NavGroup } from './nav.ts'

const item = (href: string, exact = false) => ({ href, label: href, icon: null, exact })

const groups: NavGroup[] = [
  { items: [item('/', true), item('/billing')] },
  { items: [item('/billing/invoices'), item('/settings')] },
]

test('a page belongs to the closest entry above it', () => {
  expect(currentItem(groups, '/')?.href).toBe('/')
  expect(currentItem(groups, '/billing')?.href).toBe('/billing')
  expect(currentItem(groups, '/billing/invoices/7')?.href).toBe('/billing/invoices')
  expect(currentItem(groups, '/billingx')).toBeUndefined()
})
