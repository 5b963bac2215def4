// What Stripe's script is to a page, as far as it is used here; see stand-in.ts. Its fields have the
// names that Stripe's have for screen readers.
;(() => {
  const base = new URL(document.currentScript.src).origin
  const names = {
    cardNumber: 'Credit or debit card number',
    cardExpiry: 'Credit or debit card expiration date',
    cardCvc: 'Credit or debit card CVC/CVV',
  }
  const hints = { cardNumber: '1234 1234 1234 1234', cardExpiry: 'MM / YY', cardCvc: 'CVC' }
  const fields = { cardNumber: 'number', cardExpiry: 'expiry', cardCvc: 'cvc' }
  const sentences = {
    number: 'Your card number is incomplete.',
    expiry: 'Your card’s expiration date is incomplete.',
    cvc: 'Your card’s security code is incomplete.',
  }

  const ask = async (path, body) => {
    const response = await fetch(`${base}/browser/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return response.json()
  }

  function element(type, options) {
    const input = document.createElement('input')
    const heard = new Map()
    const tell = (event, detail) => {
      for (const handler of heard.get(event) ?? []) handler(detail)
    }
    const dress = ({ style } = {}) => {
      const { color, fontFamily, fontSize, lineHeight } = style?.base ?? {}
      Object.assign(input.style, { color, fontFamily, fontSize, lineHeight })
    }
    Object.assign(input.style, { width: '100%', border: 0, outline: 0, background: 'transparent' })
    input.setAttribute('aria-label', names[type])
    input.placeholder = hints[type]
    input.inputMode = 'numeric'
    dress(options)
    input.addEventListener('input', () =>
      tell('change', { elementType: type, empty: input.value === '', complete: false }),
    )
    input.addEventListener('focus', () => tell('focus', { elementType: type }))
    input.addEventListener('blur', () => tell('blur', { elementType: type }))
    input.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') input.closest('form')?.requestSubmit()
    })

    const made = {
      mount: (place) => {
        place.append(input)
        queueMicrotask(() => tell('ready', made))
      },
      unmount: () => input.remove(),
      destroy: () => input.remove(),
      update: dress,
      focus: () => input.focus(),
      on: (event, handler) => {
        heard.set(event, [...(heard.get(event) ?? []), handler])
        return made
      },
      off: (event, handler) => {
        heard.set(
          event,
          (heard.get(event) ?? []).filter((one) => one !== handler),
        )
        return made
      },
      typed: () => input.value,
    }
    made.once = made.on
    return made
  }

  function elements() {
    const known = new Map()
    return {
      create: (type, options) => {
        const made = element(type, options)
        known.set(type, made)
        return made
      },
      getElement: (type) => known.get(typeof type === 'string' ? type : type.__elementType) ?? null,
      update: () => {},
      all: known,
    }
  }

  /** The bank's window, over the page. */
  const decide = () =>
    new Promise((resolve) => {
      const over = document.createElement('div')
      over.setAttribute('role', 'dialog')
      over.setAttribute('aria-label', '3D Secure')
      Object.assign(over.style, {
        position: 'fixed',
        inset: '0',
        zIndex: 2147483647,
        display: 'grid',
        placeContent: 'center',
        gap: '8px',
        background: 'rgb(0 0 0 / 0.6)',
      })
      for (const [text, verdict] of [
        ['Complete', 'approve'],
        ['Fail', 'decline'],
      ]) {
        const button = document.createElement('button')
        button.textContent = text
        Object.assign(button.style, { padding: '12px 32px', background: '#fff', color: '#111' })
        button.addEventListener('click', () => {
          over.remove()
          resolve(verdict)
        })
        over.append(button)
      }
      document.body.append(over)
    })

  window.Stripe = (key) => {
    let last
    return {
      elements: () => {
        last = elements()
        return last
      },
      createToken: () => Promise.reject(new Error('not here')),
      confirmCardPayment: () => Promise.reject(new Error('not here')),
      createPaymentMethod: async () => {
        const typed = Object.fromEntries(
          [...last.all].map(([type, one]) => [fields[type], one.typed()]),
        )
        const made = await ask('methods', { key, ...typed })
        if (!made.faults) return { paymentMethod: made }
        const [field] = Object.keys(made.faults).filter((name) => made.faults[name])
        return {
          error: {
            type: 'validation_error',
            code: `incomplete_${field}`,
            message: sentences[field],
          },
        }
      },
      handleNextAction: async ({ clientSecret }) => {
        const { status } = await ask('challenge', { key, clientSecret, verdict: await decide() })
        return status === 'requires_payment_method'
          ? { error: { code: 'payment_intent_authentication_failure' } }
          : { paymentIntent: { status } }
      },
    }
  }
})()
