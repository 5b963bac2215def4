// The card fields, in a frame. Speaks with the page around it and no other; see pages.ts.
const root = document.documentElement
const parentOrigin = root.dataset.parent
const faultTexts = JSON.parse(root.dataset.faults)
const byId = (id) => document.getElementById(id)
const inputs = { number: byId('number'), expiry: byId('expiry'), cvc: byId('cvc') }

const tell = (message) => window.parent.postMessage(message, parentOrigin)

const brands = [
  ['visa', 'Visa', /^4/],
  ['mastercard', 'Mastercard', /^(5[1-5]|2[2-7])/],
  ['amex', 'Amex', /^3[47]/],
  ['discover', 'Discover', /^(6011|64[4-9]|65)/],
]
const brandOf = (digits) => brands.find(([, , pattern]) => pattern.test(digits)) ?? ['unknown', '']
const digitsOf = (text) => text.replace(/\D/g, '')

const groupNumber = (digits) => {
  const amex = brandOf(digits)[0] === 'amex'
  const groups = amex
    ? [digits.slice(0, 4), digits.slice(4, 10), digits.slice(10, 15)]
    : digits.slice(0, 16).match(/.{1,4}/g)
  return (groups ?? []).filter(Boolean).join(' ')
}

const groupExpiry = (typed) => {
  // 5 can only be May; browsers fill in 08/2029.
  const first = /^[2-9]/.test(typed) ? `0${typed}` : typed
  const digits = first.length >= 6 ? first.slice(0, 2) + first.slice(4, 6) : first.slice(0, 4)
  return digits.length > 2 ? `${digits.slice(0, 2)} / ${digits.slice(2)}` : digits
}

/** Rewrites a field as it is typed and keeps the caret behind the digit it was behind. */
function format(input, group) {
  const behind = digitsOf(input.value.slice(0, input.selectionStart)).length
  const atEnd = input.selectionStart === input.value.length
  input.value = group(digitsOf(input.value))
  if (atEnd || document.activeElement !== input) return
  let caret = 0
  for (let seen = 0; caret < input.value.length && seen < behind; caret += 1) {
    if (/\d/.test(input.value[caret])) seen += 1
  }
  input.setSelectionRange(caret, caret)
}

const valid = (digits) =>
  [...digits].reverse().reduce((total, digit, i) => {
    const worth = Number(digit) * (i % 2 === 1 ? 2 : 1)
    return total + (worth > 9 ? worth - 9 : worth)
  }, 0) %
    10 ===
  0

/** What can be told without asking the server, so that it is told at once. */
function faultOf(name) {
  const digits = digitsOf(inputs[name].value)
  const brand = brandOf(digitsOf(inputs.number.value))[0]
  if (digits === '') return 'required'
  if (name === 'number') {
    if (digits.length < (brand === 'amex' ? 15 : 16)) return 'incomplete'
    return valid(digits) ? undefined : 'invalid'
  }
  if (name === 'cvc') return digits.length < (brand === 'amex' ? 4 : 3) ? 'incomplete' : undefined
  if (digits.length < 4) return 'incomplete'
  const month = Number(digits.slice(0, 2))
  if (month < 1 || month > 12) return 'invalid'
  const now = new Date()
  const months =
    (2000 + Number(digits.slice(2)) - now.getFullYear()) * 12 + month - 1 - now.getMonth()
  return months < 0 ? 'past' : undefined
}

function show(name, fault) {
  inputs[name].setAttribute('aria-invalid', String(Boolean(fault)))
  const text = fault ? (faultTexts[name][fault] ?? faultTexts[name].invalid) : ''
  // Writing the same text again would have it read out again.
  const place = byId(`${name}-fault`)
  if (place.textContent !== text) place.textContent = text
}

function showAll(faults) {
  for (const name of Object.keys(inputs)) show(name, faults[name])
  const first = Object.keys(inputs).find((name) => faults[name])
  if (first) inputs[first].focus()
}

const faultsNow = () =>
  Object.fromEntries(
    Object.keys(inputs)
      .map((name) => [name, faultOf(name)])
      .filter(([, fault]) => fault),
  )

function changed() {
  const [brand, label] = brandOf(digitsOf(inputs.number.value))
  byId('brand').textContent = label
  tell({ type: 'portico:change', complete: Object.keys(faultsNow()).length === 0, brand })
}

async function tokenize(id) {
  const faults = faultsNow()
  showAll(faults)
  if (Object.keys(faults).length > 0) return tell({ type: 'portico:invalid', id, fields: faults })

  const typed = Object.fromEntries(Object.entries(inputs).map(([name, { value }]) => [name, value]))
  try {
    const response = await fetch('/tokens', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(typed),
      signal: AbortSignal.timeout(10_000),
    })
    const answer = await response.json()
    if (response.ok) return tell({ type: 'portico:token', id, ...answer })
    if (!answer.fields) throw new Error('no token')
    showAll(answer.fields)
    tell({ type: 'portico:invalid', id, fields: answer.fields })
  } catch {
    tell({ type: 'portico:error', id })
  }
}

const color = /^(#[0-9a-f]{3,8}|(rgb|hsl|oklch|oklab|lab|lch|color)\([\w\s.,%/-]+\))$/i
const themed = {
  accent: color,
  text: color,
  muted: color,
  field: color,
  border: color,
  danger: color,
  radius: /^\d{1,2}(\.\d+)?(px|rem)$/,
  font: /^[\w\s,'"-]{1,200}$/,
}

function dress(theme) {
  if (theme.scheme === 'light' || theme.scheme === 'dark') root.dataset.theme = theme.scheme
  for (const [name, pattern] of Object.entries(themed)) {
    const value = theme[name]
    if (typeof value === 'string' && pattern.test(value)) root.style.setProperty(`--${name}`, value)
  }
}

const formats = {
  number: groupNumber,
  expiry: groupExpiry,
  cvc: (digits) => digits.slice(0, 4),
}

for (const [name, input] of Object.entries(inputs)) {
  input.addEventListener('input', (event) => {
    // Deleting over the slash would only bring it back.
    if (event.inputType !== 'deleteContentBackward' || name === 'number')
      format(input, formats[name])
    show(name, undefined)
    changed()
  })
  input.addEventListener('blur', () => {
    if (input.value !== '') show(name, faultOf(name))
  })
}

byId('card').addEventListener('keydown', (event) => {
  if (event.key !== 'Enter') return
  event.preventDefault()
  tell({ type: 'portico:enter' })
})

window.addEventListener('message', (event) => {
  if (event.origin !== parentOrigin || event.source !== window.parent) return
  const message = event.data ?? {}
  if (message.type === 'portico:tokenize') tokenize(message.id)
  if (message.type === 'portico:focus') inputs.number.focus()
  if (message.type === 'portico:theme') dress(message.theme ?? {})
})

dress({ accent: root.dataset.accent })
new ResizeObserver(() =>
  tell({ type: 'portico:height', px: Math.ceil(document.body.getBoundingClientRect().height) }),
).observe(document.body)
tell({ type: 'portico:ready' })
