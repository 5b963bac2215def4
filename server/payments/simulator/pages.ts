/**
 * The simulator's pages, on an origin of their own. What they and the page around them tell each
 * other, by `postMessage` with the exact other origin as target, and to or from no one else:
 *
 * Card fields, `GET /fields?parent=ORIGIN[&locale=en|es][&theme=light|dark][&accent=#0a7][&name=1]`
 *   child → parent   {type:'portico:ready'}                     it listens
 *                    {type:'portico:height', px}                at first and whenever it changes
 *                    {type:'portico:change', complete, brand}   as it is typed
 *                    {type:'portico:enter'}                     Enter in a field: submit the form
 *   parent → child   {type:'portico:tokenize', id}              answered by one of these, same id:
 *   child → parent   {type:'portico:token', id, token, card:{brand,last4,expMonth,expYear}}
 *                    {type:'portico:invalid', id, fields:{number?,expiry?,cvc?}}   codes; shown and focused already
 *                    {type:'portico:error', id}                 not reached: ask again
 *   parent → child   {type:'portico:focus'}                     focus the first field
 *                    {type:'portico:theme', theme:{scheme?,accent?,text?,muted?,field?,border?,danger?,radius?,font?}}
 *
 * Bank's challenge, `challengeUrl` + `?parent=ORIGIN` in a frame, or `?return=URL` as a page of its own
 *   child → parent   {type:'portico:challenge-done', intent}    whatever was decided: ask the server
 */
import { formatMoney, money } from '#server/kernel/money.ts'
import type { Intent } from './books.ts'
import { textsIn } from './texts.ts'

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const text = (text: string): string => text.replaceAll(/[&<>"']/g, (char) => entities[char]!)

const page = (
  locale: string,
  title: string,
  name: 'fields' | 'challenge',
  told: Readonly<Record<string, string>>,
  body: string,
): string => {
  const attributes = Object.entries(told)
    .map(([key, value]) => ` data-${key}="${text(value)}"`)
    .join('')
  return `<!doctype html>
<html lang="${locale}"${attributes}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(title)}</title>
<link rel="stylesheet" href="/${name}.css">
<script src="/${name}.js" defer></script>
</head>
<body>
${body}
</body>
</html>
`
}

export type FieldsAsk = Readonly<{
  parent: string
  locale: string
  theme: string
  accent: string
  name: boolean
}>

export function fieldsPage(ask: FieldsAsk): string {
  const { locale, texts } = textsIn(ask.locale)
  const t = texts.fields
  const field = (id: string, label: string, attributes: string, extra = '') => `
<div class="field" id="${id}-field">
<label for="${id}">${text(label)}</label>
<div class="box"><input id="${id}" name="${id}" ${attributes} aria-describedby="${id}-fault">${extra}</div>
<p class="fault" id="${id}-fault" role="alert"></p>
</div>`
  const digits = 'inputmode="numeric" spellcheck="false" aria-required="true"'

  const body = `<form id="card" novalidate aria-label="${text(t.title)}">
${field('number', t.number, `autocomplete="cc-number" placeholder="1234 1234 1234 1234" ${digits}`, '<span id="brand" aria-hidden="true"></span>')}
${field('expiry', t.expiry, `autocomplete="cc-exp" placeholder="${text(t.expiryHint)}" ${digits}`)}
${field('cvc', t.cvc, `autocomplete="cc-csc" placeholder="${text(t.cvcHint)}" ${digits}`)}
${ask.name ? field('holder', t.name, 'autocomplete="cc-name"') : ''}
</form>`
  const told = {
    parent: ask.parent,
    theme: ask.theme,
    accent: ask.accent,
    faults: JSON.stringify(t.faults),
  }
  return page(locale, t.title, 'fields', told, body)
}

export type ChallengeAsk = Readonly<{ parent: string; back: string; locale: string }>

export function challengePage(intent: Intent, ask: ChallengeAsk): string {
  const { locale, texts } = textsIn(ask.locale)
  const t = texts.challenge
  const over = intent.state !== 'requires_action'
  const amount = formatMoney(money(intent.amount), intent.currency, locale)
  const hidden = (name: string, value: string) =>
    `<input type="hidden" name="${name}" value="${text(value)}">`

  const open = `<p class="ask">${text(t.ask(amount, intent.card.facts.last4))}</p>
<dl><dt>${text(t.order)}</dt><dd>${text(intent.orderRef)}</dd></dl>
<form method="post">
${hidden('parent', ask.parent)}${hidden('return', ask.back)}${hidden('locale', locale)}
<button name="verdict" value="approve" class="yes">${text(t.approve)}</button>
<button name="verdict" value="decline">${text(t.decline)}</button>
</form>`
  const closed = `<p class="ask" role="status">${text(t.over)} ${text(t.back)}</p>`

  const body = `<main>
<p class="bank"><span aria-hidden="true"></span>${text(t.bank)}</p>
<h1>${text(t.title)}</h1>
${over ? closed : open}
<p class="small">${text(t.simulated)}</p>
</main>`
  const told = { parent: ask.parent, ...(over ? { done: intent.intent } : {}) }
  return page(locale, t.title, 'challenge', told, body)
}
