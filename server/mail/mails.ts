import type { Instant } from '#server/kernel/ids.ts'
import { fill } from '#server/kernel/text.ts'
import type { MailMessages } from './messages/en.ts'
import { en } from './messages/en.ts'
import { es } from './messages/es.ts'
import type { MailBody, MailBrand } from './template.ts'
import { layout, oneLine } from './template.ts'

const catalogues = { en, es } as const satisfies Record<string, MailMessages>

export type Mail = Readonly<{ subject: string }> & MailBody

/** For whom and from whom. */
export type MailFrame = Readonly<{
  /** BCP 47; a language we don't have gets English. */
  locale: string
  brand: MailBrand
}>

export const catalogue = (locale: string): Readonly<{ language: string; texts: MailMessages }> => {
  const language = locale.toLowerCase().split('-')[0] ?? ''
  return language === 'es'
    ? { language: locale, texts: catalogues.es }
    : { language: language === 'en' ? locale : 'en', texts: catalogues.en }
}

const moment = (at: Instant, locale: string, timeZone: string): string =>
  new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
    timeZone,
  }).format(at)

export type SignupResume = MailFrame &
  Readonly<{
    /** Opens this one draft; it is the recipient's and expires. */
    link: string
    validUntil: Instant
    timeZone: string
  }>

export function signupResumeMail(given: SignupResume): Mail {
  const { language, texts } = catalogue(given.locale)
  const said = texts.signupResume
  const values = {
    brand: oneLine(given.brand.title),
    until: moment(given.validUntil, language, given.timeZone),
  }
  return {
    subject: oneLine(fill(said.subject, values)),
    ...layout({
      brand: given.brand,
      locale: language,
      preheader: said.preheader,
      heading: said.heading,
      paragraphs: [said.body, fill(said.validity, values)],
      button: { label: said.button, url: given.link },
      closing: [said.ignore],
      footer: fill(texts.footer, values),
    }),
  }
}

/** There is no place for a password or SIP secret here, and there mustn't be one: mail is read by many. */
export type Welcome = MailFrame &
  Readonly<{
    name: string
    /** As people write it. */
    number: string
    accountId: string
    login: string
    selfCareUrl: string
  }>

export function welcomeMail(given: Welcome): Mail {
  const { language, texts } = catalogue(given.locale)
  const said = texts.welcome
  const values = {
    brand: oneLine(given.brand.title),
    name: given.name,
    number: given.number,
  }
  return {
    subject: oneLine(fill(said.subject, values)),
    ...layout({
      brand: given.brand,
      locale: language,
      preheader: said.preheader,
      heading: fill(said.heading, values),
      paragraphs: [said.body],
      facts: [
        { label: said.number, value: given.number },
        { label: said.account, value: given.accountId },
        { label: said.login, value: given.login },
      ],
      button: { label: said.button, url: given.selfCareUrl },
      closing: [said.secrets],
      footer: fill(texts.footer, values),
    }),
  }
}

export type PasswordChanged = MailFrame &
  Readonly<{
    name: string
    login: string
    at: Instant
    timeZone: string
    selfCareUrl: string
  }>

export function passwordChangedMail(given: PasswordChanged): Mail {
  const { language, texts } = catalogue(given.locale)
  const said = texts.passwordChanged
  const values = {
    brand: oneLine(given.brand.title),
    name: given.name,
    login: given.login,
    when: moment(given.at, language, given.timeZone),
  }
  return {
    subject: oneLine(fill(said.subject, values)),
    ...layout({
      brand: given.brand,
      locale: language,
      preheader: said.preheader,
      heading: said.heading,
      paragraphs: [fill(said.body, values), said.sessions],
      button: { label: said.button, url: given.selfCareUrl },
      closing: [said.notYou],
      footer: fill(texts.footer, values),
    }),
  }
}

export type Invitation = MailFrame &
  Readonly<{
    name: string
    /** Who asks. */
    by: string
    company: string
    login: string
    /** Opens once, for whoever has no password yet. */
    link: string
    validUntil: Instant
    timeZone: string
  }>

export function invitationMail(given: Invitation): Mail {
  const { language, texts } = catalogue(given.locale)
  const said = texts.invitation
  const values = {
    brand: oneLine(given.brand.title),
    name: given.name,
    by: given.by,
    company: given.company,
    until: moment(given.validUntil, language, given.timeZone),
  }
  return {
    subject: oneLine(fill(said.subject, values)),
    ...layout({
      brand: given.brand,
      locale: language,
      preheader: fill(said.preheader, values),
      heading: fill(said.heading, values),
      paragraphs: [fill(said.body, values), fill(said.validity, values)],
      facts: [{ label: said.login, value: given.login }],
      button: { label: said.button, url: given.link },
      closing: [said.ignore],
      footer: fill(texts.footer, values),
    }),
  }
}
