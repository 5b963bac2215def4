import { contrast } from '#server/kernel/colour.ts'

/** Whose mail it is: a signup site's or environment's name and colours. */
export type MailBrand = Readonly<{
  title: string
  /** `#rrggbb`; anything else is our own accent. */
  accent: string
  /** http or https; anything else is left out. */
  logoUrl?: string
}>

export type MailLayout = Readonly<{
  brand: MailBrand
  /** BCP 47. */
  locale: string
  /** What a mailbox shows beside the subject. */
  preheader: string
  heading: string
  paragraphs: readonly string[]
  /** Things worth keeping, one a row. */
  facts?: ReadonlyArray<Readonly<{ label: string; value: string }>>
  button?: Readonly<{ label: string; url: string }>
  /** After the button: what to do if something is odd. */
  closing?: readonly string[]
  footer: string
}>

export type MailBody = Readonly<{ html: string; text: string }>

const ourAccent = '#3b5bdb'
const [ink, paper] = ['#18181b', '#ffffff']
const rightToLeft = new Set(['ar', 'fa', 'he', 'ur'])

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const html = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => escapes[character] ?? '')

/** A line stays a line: a name with a line break can't begin a header, a row or a link of its own. */
export const oneLine = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cs}\u2028\u2029]+/gu, ' ').trim()

/** The address as it may stand in a link, if it is one that a browser fetches a page from. */
function webAddress(url: string): string | undefined {
  const parsed = URL.parse(url)
  return parsed && ['https:', 'http:'].includes(parsed.protocol) ? parsed.href : undefined
}

const hexColour = /^#[0-9a-f]{6}$/i

/** Readable on the brand's colour, however pale or dark that is. */
const onAccent = (accent: string): string =>
  contrast(accent, paper) >= contrast(accent, ink) ? paper : ink

// Mailboxes that know dark mode read the head; the others get the inline styles.
const darkMode = `
:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){
.ground{background:#111114!important}
.card{background:#1c1c21!important;border-left-color:#2e2e35!important;border-right-color:#2e2e35!important;border-bottom-color:#2e2e35!important}
.strong{color:#f4f4f5!important}
.plain{color:#d4d4d8!important}
.quiet{color:#a1a1aa!important}
.rule{border-color:#2e2e35!important}
}`.replaceAll('\n', '')

const font = "font-family:Inter,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"

const paragraph = (text: string): string =>
  `<p class="plain" style="margin:0 0 16px;color:#3f3f46;font-size:16px;line-height:24px">${html(text)}</p>`

const factRow = ({ label, value }: Readonly<{ label: string; value: string }>): string =>
  `<tr><td class="quiet rule" style="padding:10px 16px 10px 0;border-bottom:1px solid #e4e4e7;color:#6b6b74;font-size:14px;line-height:20px">${html(label)}</td>` +
  `<td class="strong rule" style="padding:10px 0;border-bottom:1px solid #e4e4e7;color:${ink};font-size:16px;line-height:20px;font-weight:600;font-variant-numeric:tabular-nums"><bdi>${html(value)}</bdi></td></tr>`

const buttonRow = (label: string, url: string, accent: string): string =>
  `<p style="margin:24px 0"><a href="${html(url)}" style="display:inline-block;padding:13px 24px;border-radius:10px;background:${accent};color:${onAccent(accent)};font-size:16px;line-height:20px;font-weight:600;text-decoration:none">${html(label)}</a></p>` +
  `<p class="quiet" style="margin:0 0 16px;color:#6b6b74;font-size:13px;line-height:20px;word-break:break-all"><bdi>${html(url)}</bdi></p>`

const brandRow = (title: string, logo: string | undefined): string =>
  logo
    ? `<img src="${html(logo)}" alt="${html(title)}" height="36" style="display:block;height:36px;border:0">`
    : `<span class="strong" style="color:${ink};font-size:18px;line-height:24px;font-weight:700">${html(title)}</span>`

/** One mail in two forms. Every text is escaped here and nowhere else; a link leads to the web only. */
export function layout(mail: MailLayout): MailBody {
  const accent = hexColour.test(mail.brand.accent) ? mail.brand.accent : ourAccent
  const title = oneLine(mail.brand.title)
  const heading = oneLine(mail.heading)
  const paragraphs = mail.paragraphs.map(oneLine)
  const closing = (mail.closing ?? []).map(oneLine)
  const facts = (mail.facts ?? []).map((fact) => ({
    label: oneLine(fact.label),
    value: oneLine(fact.value),
  }))
  const url = mail.button && webAddress(mail.button.url)
  if (mail.button && !url) throw new Error('A button of a mail leads to no web page')
  const button = mail.button && url ? { label: oneLine(mail.button.label), url } : undefined
  const logo = mail.brand.logoUrl && webAddress(mail.brand.logoUrl)
  const footer = oneLine(mail.footer)

  const language = mail.locale.split('-')[0]?.toLowerCase() ?? 'en'
  const direction = rightToLeft.has(language) ? 'rtl' : 'ltr'

  const content = [
    `<h1 class="strong" style="margin:0 0 16px;color:${ink};font-size:24px;line-height:32px;font-weight:700">${html(heading)}</h1>`,
    ...paragraphs.map(paragraph),
    ...(facts.length
      ? [
          `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin:0 0 16px;border-collapse:collapse">${facts.map(factRow).join('')}</table>`,
        ]
      : []),
    ...(button ? [buttonRow(button.label, button.url, accent)] : []),
    ...closing.map(paragraph),
  ]

  return {
    html: [
      `<!doctype html><html lang="${html(mail.locale)}" dir="${direction}"><head><meta charset="utf-8">`,
      '<meta name="viewport" content="width=device-width,initial-scale=1">',
      '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">',
      `<title>${html(heading)}</title><style>${darkMode}</style></head>`,
      `<body class="ground" style="margin:0;padding:0;background:#f4f4f5;${font}">`,
      `<div style="display:none;max-height:0;overflow:hidden;mso-hide:all">${html(oneLine(mail.preheader))}</div>`,
      '<table class="ground" role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#f4f4f5"><tr><td align="center" style="padding:32px 12px">',
      '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px">',
      `<tr><td style="padding:0 8px 20px;${font}">${brandRow(title, logo || undefined)}</td></tr>`,
      `<tr><td class="card" style="padding:32px;border:1px solid #e4e4e7;border-top:4px solid ${accent};border-radius:14px;background:${paper};${font}">`,
      ...content,
      '</td></tr>',
      `<tr><td class="quiet" style="padding:20px 8px;color:#6b6b74;font-size:13px;line-height:20px;${font}">${html(footer)}</td></tr>`,
      '</table></td></tr></table></body></html>',
    ].join('\n'),
    text: [
      heading,
      ...paragraphs,
      ...(facts.length ? [facts.map(({ label, value }) => `${label}: ${value}`).join('\n')] : []),
      ...(button ? [`${button.label}:\n${button.url}`] : []),
      ...closing,
      `-- \n${title}\n${footer}`,
    ].join('\n\n'),
  }
}
