import fc from 'fast-check'
import { describe, expect, expectTypeOf, test } from 'vitest'
import type { Instant } from '#server/kernel/ids.ts'
import type { PasswordChanged, SignupResume, Welcome } from './mails.ts'
import { passwordChangedMail, signupResumeMail, welcomeMail } from './mails.ts'
import { en } from './messages/en.ts'
import { es } from './messages/es.ts'
import { layout } from './template.ts'

const brand = { title: 'Panda Telecom', accent: '#0f766e' }
const at = new Date('2026-11-21T20:05:00Z') as Instant

const welcome: Welcome = {
  locale: 'en',
  brand,
  name: 'John Doe',
  number: '+1 209 455 5948',
  accountId: 'ph46170x4665',
  login: 'john',
  selfCareUrl: 'https://portal.panda.example/',
}

const resume: SignupResume = {
  locale: 'en',
  brand,
  link: 'https://panda.example/signup/panda/resume?token=a&b=c',
  validUntil: at,
  timeZone: 'America/New_York',
}

const changed: PasswordChanged = {
  locale: 'en',
  brand,
  name: 'John',
  login: 'john',
  at,
  timeZone: 'America/New_York',
  selfCareUrl: 'https://portal.panda.example/',
}

describe('what is said', () => {
  test('the welcome says number, account, login and where to go', () => {
    const mail = welcomeMail(welcome)
    expect(mail.subject).toBe('Welcome to Panda Telecom: your number is +1 209 455 5948')
    for (const form of [mail.html, mail.text])
      for (const fact of ['+1 209 455 5948', 'ph46170x4665', 'john', welcome.selfCareUrl])
        expect(form).toContain(fact)
  })

  test('the link to go on with a signup stands whole in the text and escaped in the page', () => {
    const mail = signupResumeMail(resume)
    expect(mail.text).toContain(resume.link)
    expect(mail.html).toContain('href="https://panda.example/signup/panda/resume?token=a&amp;b=c"')
    expect(mail.text).toContain('November 21, 2026 at 3:05')
  })

  test('a change of password says whose and when, in the zone of the reader', () => {
    expect(passwordChangedMail(changed).text).toContain('the login john was changed on November 21')
    expect(passwordChangedMail({ ...changed, locale: 'es-MX' }).text).toContain(
      '21 de noviembre de 2026',
    )
  })

  test('Spanish is Spanish, and a language we do not have is English, and says so', () => {
    const spanish = welcomeMail({ ...welcome, locale: 'es' })
    expect(spanish.subject).toContain('su número es')
    expect(spanish.html).toContain('<html lang="es" dir="ltr">')
    expect(welcomeMail({ ...welcome, locale: 'uk' }).html).toContain('<html lang="en" dir="ltr">')
  })
})

describe('secrets', () => {
  test('no mail has a place for one', () => {
    expectTypeOf<keyof Welcome>().toEqualTypeOf<
      'locale' | 'brand' | 'name' | 'number' | 'accountId' | 'login' | 'selfCareUrl'
    >()
    expectTypeOf<PasswordChanged>().not.toHaveProperty('password')
    expectTypeOf<SignupResume>().not.toHaveProperty('password')
  })

  test('one that comes along all the same is not written', () => {
    const careless = { ...welcome, password: 'Rk7wQz2', sipPassword: 'Zz9secret' }
    const mail = welcomeMail(careless)
    expect(JSON.stringify(mail)).not.toMatch(/Rk7wQz2|Zz9secret/)
  })
})

describe('hostile texts', () => {
  const tags = (page: string) => page.match(/<[^>]*>/g)?.map((tag) => tag.split(/[\s>]/)[0])

  test('no text adds a tag to the page or a line to the subject', () => {
    const plain = tags(welcomeMail(welcome).html)
    const nasty = fc.oneof(
      fc.constantFrom(
        '<script>x</script>',
        '"><img src=x onerror=y>',
        "' onclick='x",
        'a\r\nBcc: b',
      ),
      fc.constantFrom('</td></tr>', '&lt;b&gt;', '{number}', '{brand}', '\u2028', '\u0000'),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }),
    )
    fc.assert(
      fc.property(nasty, nasty, nasty, (name, login, title) => {
        const mail = welcomeMail({ ...welcome, name, login, brand: { ...brand, title } })
        expect(tags(mail.html)).toEqual(plain)
        expect(mail.subject).not.toMatch(/[\p{Cc}\u2028\u2029]/u)
        expect(mail.text.split('\n').length).toBe(welcomeMail(welcome).text.split('\n').length)
      }),
      { numRuns: 500 },
    )
  })

  test('a value that looks like a place for another one stays as it is', () => {
    expect(welcomeMail({ ...welcome, name: '{number}' }).text).toMatch(/^Welcome, \{number\}\n/)
  })

  test('a button leads to the web or the mail is not made', () => {
    for (const selfCareUrl of ['javascript:alert(1)', 'data:text/html,x', '/relative', ''])
      expect(() => welcomeMail({ ...welcome, selfCareUrl })).toThrow('no web page')
  })

  test('a logo that is not on the web and a colour that is none are left out', () => {
    const odd = { title: 'P', accent: 'red;background:url(x)', logoUrl: 'javascript:x' }
    const mail = welcomeMail({ ...welcome, brand: odd })
    expect(mail.html).not.toMatch(/javascript|url\(|<img/)
    expect(mail.html).toContain('background:#3b5bdb')
    const fine = { ...brand, logoUrl: 'https://panda.example/logo.png' }
    expect(welcomeMail({ ...welcome, brand: fine }).html).toContain(
      '<img src="https://panda.example/logo.png" alt="Panda Telecom"',
    )
  })
})

describe('the page', () => {
  const page = (accent: string, locale = 'en') =>
    layout({
      brand: { title: 'P', accent },
      locale,
      preheader: 'p',
      heading: 'h',
      paragraphs: [],
      button: { label: 'Go', url: 'https://p.example' },
      footer: 'f',
    }).html

  test('a pale brand colour gets dark letters, a dark one white letters', () => {
    expect(page('#ffe066')).toContain('background:#ffe066;color:#18181b')
    expect(page('#1e3a8a')).toContain('background:#1e3a8a;color:#ffffff')
  })

  test('Arabic runs from the right', () => {
    expect(page('#1e3a8a', 'ar')).toContain('<html lang="ar" dir="rtl">')
  })

  test('knows dark mode and loads nothing from elsewhere', () => {
    expect(page('#1e3a8a')).toContain('prefers-color-scheme:dark')
    expect(page('#1e3a8a').match(/(src|url|@import|<link)/g)).toBeNull()
  })
})

describe('catalogues', () => {
  const flat = (texts: object, path = ''): Array<[string, string]> =>
    Object.entries(texts).flatMap(([key, value]) =>
      typeof value === 'string'
        ? [[`${path}${key}`, value] as [string, string]]
        : flat(value, `${path}${key}.`),
    )
  const places = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort()

  test('both languages have the same texts with the same places, none of them empty', () => {
    const [english, spanish] = [flat(en), flat(es)]
    expect(spanish.map(([key]) => key)).toEqual(english.map(([key]) => key))
    expect(spanish.map(([, text]) => places(text))).toEqual(english.map(([, text]) => places(text)))
    expect([...english, ...spanish].filter(([, text]) => text.trim() === '')).toEqual([])
  })

  test('no place is left unfilled', () => {
    for (const locale of ['en', 'es'])
      for (const mail of [
        welcomeMail({ ...welcome, locale }),
        signupResumeMail({ ...resume, locale }),
        passwordChangedMail({ ...changed, locale }),
      ])
        expect(`${mail.subject}${mail.text}`).not.toMatch(/[{}]/)
  })
})
