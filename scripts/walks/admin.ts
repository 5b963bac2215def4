import { visit, type Walk } from './walk.ts'

const adminPages = {
  admin: '/admin',
  'admin-customers': '/admin/customers',
  'admin-customers-none': '/admin/customers?q=nobody',
  'admin-customer': '/admin/customers/46171',
  'admin-accounts': '/admin/customers/46171/accounts',
  'admin-agreement': '/admin/customers/46175/finances/agreement',
  'admin-agreement-add-ons': '/admin/customers/46175/finances/agreement/add-ons',
  'admin-agreement-history': '/admin/customers/46175/finances/agreement/history',
  'admin-subscriptions': '/admin/customers/46171/finances/subscriptions',
  'admin-activity': '/admin/customers/46170/activity',
  'admin-approvals': '/admin/approvals',
  'admin-taxes': '/admin/taxes',
  'admin-company': '/admin/company',
  'admin-clock': '/admin/system/clock',
  'admin-usage': '/admin/usage',
  'admin-products': '/admin/products',
  'admin-product': '/admin/products/3',
  'admin-product-new': '/admin/products/new',
  'admin-packages': '/admin/subscriptions',
  'admin-package-new': '/admin/subscriptions/new',
  'admin-promos': '/admin/promo-codes',
} as const

/** The provider's and its resellers' side. */
export const adminWalks: readonly Walk[] = [
  { name: 'administrator', walk: visit('demo-admin', adminPages, '/admin') },
  {
    name: 'reseller',
    walk: visit(
      'demo-bamboo',
      { 'admin-reseller': '/admin', 'admin-reseller-customers': '/admin/customers' },
      '/admin',
    ),
  },
]
