import type { StripeElementStyle } from '@stripe/stripe-js'

/** A colour as every browser writes it, whatever our own are written in. */
function plain(color: string): string {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = 1
  const drawing = canvas.getContext('2d')
  if (!drawing) return color
  drawing.fillStyle = color
  drawing.fillRect(0, 0, 1, 1)
  const [red, green, blue] = drawing.getImageData(0, 0, 1, 1).data
  return `rgb(${red}, ${green}, ${blue})`
}

/** The page's look for text in Stripe's frames, where our styles don't reach. */
export function stripeLook(root: HTMLElement): StripeElementStyle {
  const style = getComputedStyle(root)
  const color = (name: string) => plain(style.getPropertyValue(name).trim())
  return {
    base: {
      color: color('--foreground'),
      iconColor: color('--field-placeholder'),
      fontFamily: 'Inter, system-ui, sans-serif',
      fontSize: '16px',
      lineHeight: '24px',
      '::placeholder': { color: color('--field-placeholder') },
    },
    invalid: { color: color('--danger-text'), iconColor: color('--danger-text') },
  }
}
