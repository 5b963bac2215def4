import { type CivilDate, formatDay } from '#server/kernel/civil.ts'
import { fill } from '#server/kernel/text.ts'
import { catalogue, type Mail, type MailFrame } from '#server/mail/mails.ts'
import type { MailMessages } from '#server/mail/messages/en.ts'
import { layout, oneLine } from '#server/mail/template.ts'

type Reasons = MailMessages['billingParked']['reasons']

export type BillingParked = Readonly<{
  customer: number
  company: string
  day: CivilDate
  code: keyof Reasons
  /** Where its page is; without it the words alone say where to look. */
  customerUrl?: string
}>

/** To the provider: a customer whose bill can't be right waits for somebody to look. */
export function billingParkedMail(given: MailFrame & BillingParked): Mail {
  const { language, texts } = catalogue(given.locale)
  const { labels, reasons, button, ...said } = texts.billingParked
  const { customerUrl: url } = given
  const day = formatDay(given.day, language, 'long')
  const values = { brand: oneLine(given.brand.title), company: oneLine(given.company), day }

  return {
    subject: `${oneLine(fill(said.subject, values))} · ${values.brand}`,
    ...layout({
      brand: given.brand,
      locale: language,
      preheader: fill(said.preheader, values),
      heading: fill(said.heading, values),
      paragraphs: [fill(said.body, values)],
      facts: [
        { label: labels.customer, value: `${values.company} (${given.customer})` },
        { label: labels.day, value: day },
        { label: labels.why, value: reasons[given.code] },
      ],
      ...(url && { button: { label: button, url } }),
      closing: [said.closing],
      footer: fill(texts.footer, values),
    }),
  }
}
