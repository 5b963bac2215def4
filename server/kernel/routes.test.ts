import { expect, test } from 'vitest'
import { paths, signupSteps } from './routes.ts'

test('every page has its address', () =>
  expect({
    ...Object.fromEntries(Object.entries(paths).map(([page, path]) => [page, path('panda')])),
    steps: signupSteps.map((step) => paths.signup('panda', step)),
  }).toMatchInlineSnapshot(`
    {
      "admin": "/admin",
      "autoAttendants": "/auto-attendants",
      "enter": "/enter#door=panda",
      "extensions": "/extensions",
      "firstPassword": "/welcome/password",
      "home": "/",
      "login": "/login",
      "newAutoAttendant": "/auto-attendants/new",
      "newExtension": "/extensions/new",
      "numbers": "/numbers",
      "password": "/settings/password",
      "sessions": "/settings/sessions",
      "signup": "/signup/panda",
      "steps": [
        "/signup/panda",
        "/signup/panda/address",
        "/signup/panda/phone",
        "/signup/panda/payment",
        "/signup/panda/summary",
        "/signup/panda/done",
      ],
    }
  `))

test('a name can not lead out of its place', () =>
  expect(paths.signup('../admin?x#y')).toBe('/signup/..%2Fadmin%3Fx%23y'))
