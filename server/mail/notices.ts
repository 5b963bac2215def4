import { fill } from '#server/kernel/text.ts'
import { catalogue, type Mail, type MailFrame } from '#server/mail/mails.ts'
import type { MailMessages } from '#server/mail/messages/en.ts'
import type { Notice } from '#server/mail/schema.ts'
import { layout, oneLine } from '#server/mail/template.ts'

/** As many as a person reads; the rest is counted. */
const linesNamed = 10

type Fact = Readonly<{ label: string; value: string }>
type Words = MailMessages['notices']

/** A mail that somebody could have switched off, and says where. */
export function noticeMail(given: MailFrame & Readonly<{ company: string; notice: Notice }>): Mail {
  const { language, texts } = catalogue(given.locale)
  const words = texts.notices
  const { heading, body } = words.said[whatOf(given.notice)]
  const values = { brand: oneLine(given.brand.title), company: oneLine(given.company) }

  return {
    subject: `${oneLine(fill(heading, values))} · ${values.brand}`,
    ...layout({
      brand: given.brand,
      locale: language,
      preheader: fill(body, values),
      heading: fill(heading, values),
      paragraphs: [fill(body, values)],
      facts: factsOf(given.notice, words, language),
      closing: [words.settings],
      footer: fill(texts.footer, values),
    }),
  }
}

function whatOf(notice: Notice): keyof Words['said'] {
  switch (notice.kind) {
    case 'bulk_applied':
      return 'bulk_applied'
    case 'line_decided':
      return notice.decision
    case 'line_blocked':
      return notice.change
    case 'agreement_changed':
      return notice.after === undefined ? 'item_removed' : 'item_set'
  }
}

function factsOf(notice: Notice, words: Words, language: string): Fact[] {
  const { labels } = words
  const n = new Intl.NumberFormat(language)
  switch (notice.kind) {
    case 'bulk_applied':
      return [
        { label: labels.file, value: notice.fileName },
        { label: labels.extensions, value: n.format(notice.extensions) },
      ]
    case 'line_decided':
    case 'line_blocked':
      return [
        { label: labels.lines, value: named(notice.lines, words, language) },
        ...(notice.reason ? [{ label: labels.reason, value: notice.reason }] : []),
      ]
    case 'agreement_changed': {
      const quantity = (of: number | null | undefined) =>
        of === undefined ? words.none : of === null ? words.unlimited : n.format(of)
      return [
        { label: labels.product, value: notice.product },
        { label: labels.before, value: quantity(notice.before) },
        { label: labels.after, value: quantity(notice.after) },
      ]
    }
  }
}

function named(lines: readonly string[], { more }: Words, language: string): string {
  const rest = lines.length - linesNamed
  const some = lines.slice(0, rest > 0 ? linesNamed : undefined)
  const others = rest > 0 ? [fill(more, { n: String(rest) })] : []
  return new Intl.ListFormat(language).format([...some, ...others])
}
