import { expect, test } from 'vitest'
import { paths, signupSteps } from './routes.ts'

test('every page has its address', () =>
  expect({
    ...Object.fromEntries(Object.entries(paths).map(([page, path]) => [page, path('panda')])),
    steps: signupSteps.map((step) => paths.signup('panda', step)),
  }).toMatchInlineSnapshot(`
    {
      "activity": "/activity",
      "addOns": "/add-ons",
      "admin": "/admin",
      "agreement": "/admin/customers/panda/finances/agreement",
      "agreementAddons": "/admin/customers/panda/finances/agreement/add-ons",
      "agreementHistory": "/admin/customers/panda/finances/agreement/history",
      "approvals": "/admin/approvals",
      "autoAttendant": "/auto-attendants/panda",
      "autoAttendants": "/auto-attendants",
      "blocks": "/blocks",
      "clock": "/admin/system/clock",
      "company": "/settings/company",
      "customer": "/admin/customers/panda",
      "customerAccounts": "/admin/customers/panda/accounts",
      "customerActivity": "/admin/customers/panda/activity",
      "customerSubscriptions": "/admin/customers/panda/finances/subscriptions",
      "customers": "/admin/customers",
      "enter": "/enter#door=panda",
      "extensions": "/extensions",
      "finances": "/admin/customers/panda/finances",
      "firstPassword": "/welcome/password",
      "home": "/",
      "huntGroup": "/hunt-groups/panda",
      "huntGroups": "/hunt-groups",
      "issuer": "/admin/company",
      "login": "/login",
      "newAutoAttendant": "/auto-attendants/new",
      "newExtension": "/extensions/new",
      "newProduct": "/admin/products/new",
      "notifications": "/settings/notifications",
      "numbers": "/numbers",
      "password": "/settings/password",
      "people": "/settings/people",
      "product": "/admin/products/panda",
      "products": "/admin/products",
      "sessions": "/settings/sessions",
      "signup": "/signup/panda",
      "simCards": "/sim-cards",
      "steps": [
        "/signup/panda",
        "/signup/panda/address",
        "/signup/panda/phone",
        "/signup/panda/payment",
        "/signup/panda/summary",
        "/signup/panda/done",
      ],
      "taxes": "/admin/taxes",
      "upload": "/extensions/upload/panda",
      "uploadExtensions": "/extensions/upload",
      "usage": "/usage",
      "usageImport": "/admin/usage",
    }
  `))

test('a name can not lead out of its place', () =>
  expect(paths.signup('../admin?x#y')).toBe('/signup/..%2Fadmin%3Fx%23y'))
